package pika.server.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;

/**
 * What a blocking command that found nothing waits for, and how the wait ends without it.
 * Immutable.
 *
 * @param type the type of value that has to appear under one of the keys
 * @param keys the keys, in the order in which the command checks them; a subset of those its row
 *     declares
 * @param timeoutMs how long it waits; 0 for ever
 * @param timedOut the reply on timeout
 * @param notWaiting the reply inside EXEC or a script, where nothing can wait
 * @param readiness which records of the type are worth a retry
 * @param wakesWhenGone whether a key that is deleted, or changes its type, is worth a retry as well
 * @param retry how a retry for one of the keys is spelled; null for the original arguments
 */
public record Wait(
    DataType type,
    List<byte[]> keys,
    long timeoutMs,
    Reply timedOut,
    Reply notWaiting,
    Readiness readiness,
    boolean wakesWhenGone,
    @Nullable Retry retry) {

  /**
   * Decides from the record under a key whether the command should be retried. Called often and
   * from any thread, so it must look at nothing else; a needless retry only costs time.
   */
  @FunctionalInterface
  public interface Readiness {
    /** Tests the record under key number {@code index}. */
    boolean test(int index, KeyRecord record);
  }

  /**
   * Spells a retry that asks for one key only: for commands that check several, whose other keys
   * may hold anything by then. May be called from any thread.
   */
  @FunctionalInterface
  public interface Retry {
    /** Returns the arguments, including the name, with {@code key} as the only key. */
    byte[][] args(byte[] key);
  }

  /** Returns a wait for a value of this type under one of the keys. */
  public static Wait until(DataType type, List<byte[]> keys, long timeoutMs, Reply timedOut) {
    return new Wait(
        type, keys, timeoutMs, timedOut, timedOut, (index, record) -> true, false, null);
  }

  /** Returns the same wait for some values of the type only. */
  public Wait when(Readiness worthATry) {
    return new Wait(type, keys, timeoutMs, timedOut, notWaiting, worthATry, wakesWhenGone, retry);
  }

  /** Returns the same wait with another reply where nothing can wait. */
  public Wait orElse(Reply reply) {
    return new Wait(type, keys, timeoutMs, timedOut, reply, readiness, wakesWhenGone, retry);
  }

  /**
   * Returns the same wait, which also ends when a key no longer holds the type: for commands that
   * then fail.
   */
  public Wait orGone() {
    return new Wait(type, keys, timeoutMs, timedOut, notWaiting, readiness, true, retry);
  }

  /** Returns the same wait with retries for the key that has changed only. */
  public Wait retriedAs(Retry oneKey) {
    return new Wait(type, keys, timeoutMs, timedOut, notWaiting, readiness, wakesWhenGone, oneKey);
  }

  /**
   * Returns the same wait as refined by a retry that found nothing; one for a single key knows
   * nothing about the others.
   */
  public Wait after(Wait failedRetry) {
    return retry == null ? when(failedRetry.readiness) : this;
  }

  /**
   * Returns whether the command should be retried now that {@code record} is stored under key
   * number {@code index}.
   */
  public boolean isReady(int index, @Nullable KeyRecord record) {
    if (record == null || record.type() != type) {
      return wakesWhenGone;
    }
    return readiness.test(index, record);
  }
}
