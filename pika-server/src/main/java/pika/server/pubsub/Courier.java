package pika.server.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import pika.net.server.Loop;

/**
 * Delivers messages to the subscribers on one event loop, in the order in which they were posted.
 *
 * <p>Any thread posts; the loop delivers a bounded number of copies at a time and reads its sockets
 * in between: one message to ten thousand subscribers delays nobody. The backlog is bounded by
 * publishers, who check {@link #isCongested} first.
 */
final class Courier {
  /** Subscribers per portion. Each costs a write to a socket, some microseconds. */
  private static final int PORTION = 512;
  /**
   * Messages to the same audience that are delivered together: a subscriber gets them in one write.
   */
  private static final int TOGETHER = 32;

  private static final long TOGETHER_BYTES = 64 << 10;
  /** A message to this few, posted by the loop itself, is delivered immediately. */
  private static final int FEW = 16;
  /** Backlog in copies and bytes that counts as congestion: a second or two of work. */
  private static final long MOST_COPIES = 1 << 20;

  private static final long MOST_BYTES = 32L << 20;

  private final Loop loop;
  private final Runnable whenCongested;
  private final Queue<Parcel> waiting = new ConcurrentLinkedQueue<>();
  /** Parcels for one audience, all at the same position; confined to the loop. */
  private final List<Parcel> leaving = new ArrayList<>(TOGETHER);

  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicLong copies = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Creates the courier of a loop.
   *
   * @param whenCongested run with every message that exceeds the backlog
   */
  Courier(Loop loop, Runnable whenCongested) {
    this.loop = loop;
    this.whenCongested = whenCongested;
  }

  Loop loop() {
    return loop;
  }

  void post(Parcel parcel) {
    if (parcel.receivers() <= FEW && waiting.isEmpty() && loop.inLoop() && leaving.isEmpty()) {
      parcel.deliver(FEW);
      return;
    }
    copies.addAndGet(parcel.receivers());
    bytes.addAndGet(parcel.bytes());
    waiting.add(parcel);
    if (isCongested()) {
      whenCongested.run();
    }
    if (scheduled.compareAndSet(false, true)) {
      begin();
    }
  }

  /** Returns whether the backlog is so large that publishers should wait. */
  boolean isCongested() {
    return copies.get() > MOST_COPIES || bytes.get() > MOST_BYTES;
  }

  private void begin() {
    try {
      loop.execute(this::deliverPortion);
    } catch (RejectedExecutionException e) {
      // The server has been closed, and with it all subscribers.
      waiting.clear();
    }
  }

  private void deliverPortion() {
    scheduled.set(false);
    int left = PORTION;
    while (left > 0 && hasLeaving()) {
      int delivered = 0;
      for (Parcel parcel : leaving) {
        delivered = parcel.deliver(left);
        copies.addAndGet(-delivered);
      }
      left -= delivered;
      if (leaving.get(0).isDelivered()) {
        leaving.forEach(parcel -> bytes.addAndGet(-parcel.bytes()));
        leaving.clear();
      }
    }
    if (hasLeaving() && scheduled.compareAndSet(false, true)) {
      loop.executeAfterReading(this::deliverPortion);
    }
  }

  /**
   * Returns whether there is anything to deliver; picks the next messages with one audience if
   * necessary.
   */
  private boolean hasLeaving() {
    if (leaving.isEmpty()) {
      long together = 0;
      Parcel next = waiting.peek();
      while (next != null
          && leaving.size() < TOGETHER
          && together < TOGETHER_BYTES
          && (leaving.isEmpty() || next.hasAudienceOf(leaving.get(0)))) {
        leaving.add(next);
        together += next.bytes();
        waiting.remove();
        next = waiting.peek();
      }
    }
    return !leaving.isEmpty();
  }
}
