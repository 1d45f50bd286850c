package pika.net.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What has been sent and not yet answered, in sending order, and the bound on it. Guarded by its
 * own lock, which nobody holds while waiting for the network.
 */
final class Outstanding {

  private final int maxCommands;
  private final long maxBytes;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Deque<Portion> portions = new ArrayDeque<>();
  private int commands;
  private long bytes;
  private @Nullable IOException broken;

  Outstanding(int maxCommands, long maxBytes) {
    this.maxCommands = maxCommands;
    this.maxBytes = maxBytes;
  }

  /**
   * Admits the portion to be sent next, once it fits the bound or nothing else is outstanding. A
   * timeout of 0 waits forever.
   *
   * @return false if there was no room within the timeout
   * @throws ConnectionLostException if the connection is lost
   */
  boolean admit(Portion portion, long timeoutMs) throws IOException {
    lock.lock();
    try {
      long left = timeoutMs == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      while (broken == null && !hasRoom(portion)) {
        if (left <= 0) {
          return false;
        }
        left = room.awaitNanos(left);
      }
      if (broken != null) {
        throw new ConnectionLostException(broken);
      }
      portions.add(portion);
      commands += portion.commands();
      bytes += portion.sizeBytes();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for room");
    } finally {
      lock.unlock();
    }
  }

  /** The portion whose replies arrive next; null if nothing is outstanding. */
  @Nullable
  Portion first() {
    lock.lock();
    try {
      return portions.peek();
    } finally {
      lock.unlock();
    }
  }

  /** The first portion has all its replies. */
  void firstAnswered() {
    lock.lock();
    try {
      Portion portion = portions.poll();
      // Null if the connection was just closed: then all have been failed.
      if (portion != null) {
        commands -= portion.commands();
        bytes -= portion.sizeBytes();
        portion.succeed();
        room.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Fails all outstanding and all future portions. */
  void fail(IOException cause) {
    lock.lock();
    try {
      if (broken == null) {
        broken = cause;
      }
      for (Portion portion = portions.poll(); portion != null; portion = portions.poll()) {
        portion.fail(cause);
      }
      commands = 0;
      bytes = 0;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int commands() {
    lock.lock();
    try {
      return commands;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(Portion next) {
    return portions.isEmpty()
        || (commands + next.commands() <= maxCommands && bytes + next.sizeBytes() <= maxBytes);
  }
}
