package pika.server.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;

/**
 * What a blocking command waits for that has found nothing, and how it ends if that never comes. Immutable.
 *
 * @param type what has to stand under one of the keys
 * @param keys the keys, in the order in which the command looks at them; they are among those its row declares
 * @param timeoutMs how long it waits; 0 for ever
 * @param timedOut the reply when the time is over
 * @param notWaiting the reply inside EXEC or a script, where nothing can wait
 * @param readiness which records of the type are worth another try
 * @param wakesWhenGone whether a key that goes, or takes another type, is worth another try as well
 * @param retryArgs the arguments of the further tries, name included; null for those of the first
 */
public record Wait(
    DataType type,
    List<byte[]> keys,
    long timeoutMs,
    Reply timedOut,
    Reply notWaiting,
    Readiness readiness,
    boolean wakesWhenGone,
    byte @Nullable [][] retryArgs) {

  /**
   * Looks at the record under a key and says whether the command should be tried again. It is asked often and from any
   * thread, so it looks at nothing else; to say yes in vain costs time only.
   */
  @FunctionalInterface
  public interface Readiness {
    /** {@code index} tells which of the keys it is. */
    boolean test(int index, KeyRecord record);
  }

  /** Until one of the keys holds a value of this type. */
  public static Wait until(DataType type, List<byte[]> keys, long timeoutMs, Reply timedOut) {
    return new Wait(
        type, keys, timeoutMs, timedOut, timedOut, (index, record) -> true, false, null);
  }

  /** The same, but not for every value of the type. */
  public Wait when(Readiness worthATry) {
    return new Wait(
        type, keys, timeoutMs, timedOut, notWaiting, worthATry, wakesWhenGone, retryArgs);
  }

  /** The same with another reply where nothing can wait. */
  public Wait orElse(Reply reply) {
    return new Wait(type, keys, timeoutMs, timedOut, reply, readiness, wakesWhenGone, retryArgs);
  }

  /** The same, and until a key has no value of the type any more: for commands that then end with an error. */
  public Wait orGone() {
    return new Wait(type, keys, timeoutMs, timedOut, notWaiting, readiness, true, retryArgs);
  }

  /** The same with other arguments from the second try on: for those that mean "as of now". */
  public Wait retriedAs(byte[][] args) {
    return new Wait(type, keys, timeoutMs, timedOut, notWaiting, readiness, wakesWhenGone, args);
  }

  /** Whether the command should be tried again when this stands under one of its keys. */
  public boolean isReady(int index, @Nullable KeyRecord record) {
    if (record == null || record.type() != type) {
      return wakesWhenGone;
    }
    return readiness.test(index, record);
  }
}
