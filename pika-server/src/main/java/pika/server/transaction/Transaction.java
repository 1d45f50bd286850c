package pika.server.transaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's way from MULTI to EXEC: the commands that wait, and the keys that must stay as they are. Confined to the thread
 * that runs the client's commands, but for {@link #length}.
 */
public final class Transaction {
  /** Of {@link #length}: there is no transaction. */
  public static final int NONE = -1;

  private final List<byte[][]> queue = new ArrayList<>(0);
  private volatile int length = NONE;
  private boolean spoilt;
  private long bytes;
  private @Nullable WatchedKeys watched;

  /** Whether commands wait for EXEC instead of running: after MULTI. */
  public boolean isOpen() {
    return length != NONE;
  }

  /** MULTI: from here on commands wait. */
  public void open() {
    length = 0;
  }

  /** Puts a command behind those that wait; {@code sizeBytes} is about what its arguments take. */
  public void add(byte[][] args, long sizeBytes) {
    queue.add(args);
    bytes += sizeBytes;
    length = queue.size();
  }

  /** The commands that wait, by their arguments. Not a copy. */
  public List<byte[][]> queue() {
    return Collections.unmodifiableList(queue);
  }

  /** How many commands wait, or {@link #NONE}; from any thread. */
  public int length() {
    return length;
  }

  /** About how many bytes wait. */
  public long sizeBytes() {
    return bytes;
  }

  /** A command could not be queued: EXEC is going to refuse. Nothing outside of a transaction. */
  public void spoil() {
    spoilt = isOpen();
  }

  /** Whether a command could not be queued. */
  public boolean isSpoilt() {
    return spoilt;
  }

  /** The keys that the client watches; null for none. */
  public @Nullable WatchedKeys watched() {
    return watched;
  }

  /** Begins to watch keys. */
  public void watched(WatchedKeys keys) {
    watched = keys;
  }

  /** UNWATCH: forgets the keys that were watched. */
  public void unwatch() {
    if (watched != null) {
      watched.forgetAll();
      watched = null;
    }
  }

  /** EXEC or DISCARD: nothing waits any more, nothing is watched. */
  public void end() {
    queue.clear();
    length = NONE;
    spoilt = false;
    bytes = 0;
    unwatch();
  }
}
