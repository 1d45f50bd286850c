package pika.server.transaction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's way from MULTI to EXEC: the commands that wait, and the keys that must stay as they are. Confined to the thread
 * that runs the client's commands, but for {@link #length}, {@link #isOvertaken} and {@link #close}.
 */
public final class Transaction {
  /** Of {@link #length}: there is no transaction. */
  public static final int NONE = -1;

  private final List<byte[][]> queue = new ArrayList<>(0);
  private volatile int length = NONE;
  private boolean spoilt;
  private long bytes; // guarded by this, as are the next two
  private @Nullable QueuedBytes counted;
  private boolean closed;
  private volatile @Nullable WatchedKeys watched;

  /** Whether commands wait for EXEC instead of running: after MULTI. */
  public boolean isOpen() {
    return length != NONE;
  }

  /** MULTI: from here on commands wait. */
  public void open() {
    length = 0;
  }

  /**
   * Puts a command behind those that wait; {@code sizeBytes} is about what its arguments take. One that is spoilt already keeps
   * nothing more.
   *
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

  /** The commands that wait, by their arguments. Not a copy. */
  public List<byte[][]> queue() {
    return Collections.unmodifiableList(queue);
  }

  /** How many commands wait, or {@link #NONE}; from any thread. */
  public int length() {
    return length;
  }

  /** About how many bytes wait. */
  public synchronized long sizeBytes() {
    return bytes;
  }

  /** A command could not be queued: EXEC is going to refuse, and nothing needs to wait for it. Nothing outside of a transaction. */
  public void spoil() {
    if (isOpen()) {
      spoilt = true;
      queue.clear();
      giveBack();
    }
  }

  /** Whether a command could not be queued. */
  public boolean isSpoilt() {
    return spoilt;
  }

  /** The keys that the client watches; null for none. */
  public @Nullable WatchedKeys watched() {
    return watched;
  }

  /** Whether it is known that a watched key has changed; from any thread. */
  public boolean isOvertaken() {
    WatchedKeys keys = watched;
    return keys != null && keys.isTouched();
  }

  /** Begins to watch keys. */
  public void watched(WatchedKeys keys) {
    watched = keys;
  }

  /** UNWATCH: forgets the keys that were watched. */
  public void unwatch() {
    WatchedKeys keys = watched;
    if (keys != null) {
      keys.forgetAll();
      watched = null;
    }
  }

  /** EXEC or DISCARD: nothing waits any more, nothing is watched. */
  public void end() {
    queue.clear();
    length = NONE;
    spoilt = false;
    giveBack();
    unwatch();
  }

  /** The client is gone: from any thread. Whoever is still at work for it finds what waits, but it counts no more. */
  public synchronized void close() {
    closed = true;
    giveBack();
  }
}
