package pika.server.transaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's transaction state: the commands queued since MULTI, and the watched keys. Confined to
 * the thread that runs the client's commands, except for {@link #length}, {@link #isOvertaken} and
 * {@link #close}.
 */
public final class Transaction {
  /** The {@link #length} when there is no transaction. */
  public static final int NONE = -1;

  private final List<byte[][]> queue = new ArrayList<>(0);
  private volatile int length = NONE;
  private boolean spoilt;
  private long bytes; // guarded by this, as are the next two
  private @Nullable QueuedBytes counted;
  private boolean closed;
  private volatile @Nullable WatchedKeys watched;

  /** Returns whether commands are queued instead of executed: after MULTI. */
  public boolean isOpen() {
    return length != NONE;
  }

  /** Starts queueing commands (MULTI). */
  public void open() {
    length = 0;
  }

  /**
   * Queues a command. A spoilt transaction keeps nothing more.
   *
   * @param sizeBytes the approximate size of its arguments
   * @return false if there is no room for it
   */
  public boolean add(byte[][] args, long sizeBytes, QueuedBytes room) {
    if (spoilt) {
      return true;
    }
    if (!take(sizeBytes, room)) {
      return false;
    }
    queue.add(args);
    length = queue.size();
    return true;
  }

  private synchronized boolean take(long more, QueuedBytes room) {
    if (closed || !room.take(more)) {
      return false;
    }
    counted = room;
    bytes += more;
    return true;
  }

  private synchronized void giveBack() {
    if (counted != null) {
      counted.giveBack(bytes);
      bytes = 0;
    }
  }

  /** Returns the queued commands' arguments. Not a copy. */
  public List<byte[][]> queue() {
    return Collections.unmodifiableList(queue);
  }

  /** Returns the number of queued commands, or {@link #NONE}; from any thread. */
  public int length() {
    return length;
  }

  /** Returns the approximate number of bytes queued. */
  public synchronized long sizeBytes() {
    return bytes;
  }

  /**
   * Marks the transaction as spoilt, because a command could not be queued: EXEC will refuse, and
   * the queue is dropped. Does nothing outside of a transaction.
   */
  public void spoil() {
    if (isOpen()) {
      spoilt = true;
      queue.clear();
      giveBack();
    }
  }

  /** Returns whether a command could not be queued. */
  public boolean isSpoilt() {
    return spoilt;
  }

  /** Returns the watched keys; null for none. */
  public @Nullable WatchedKeys watched() {
    return watched;
  }

  /** Returns whether a watched key is known to have changed; from any thread. */
  public boolean isOvertaken() {
    WatchedKeys keys = watched;
    return keys != null && keys.isTouched();
  }

  /** Starts watching keys. */
  public void watched(WatchedKeys keys) {
    watched = keys;
  }

  /** Stops watching all keys (UNWATCH). */
  public void unwatch() {
    WatchedKeys keys = watched;
    if (keys != null) {
      keys.forgetAll();
      watched = null;
    }
  }

  /** Ends the transaction (EXEC, DISCARD): empties the queue and unwatches all keys. */
  public void end() {
    queue.clear();
    length = NONE;
    spoilt = false;
    giveBack();
    unwatch();
  }

  /**
   * Releases what is counted, because the client is gone; from any thread. A thread still working
   * for it finds the queue, but nothing more is counted.
   */
  public synchronized void close() {
    closed = true;
    giveBack();
  }
}
