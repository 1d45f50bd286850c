package pika.server.pubsub;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import pika.net.server.Loop;

/**
 * Brings messages to the subscribers of one event loop, in the order in which they were posted.
 *
 * <p>Any thread posts; the loop delivers, a bounded number of copies at a time, and between two
 * portions reads its sockets: one message to ten thousand subscribers holds nobody up. What waits is
 * bounded, too, by those who cause messages: they look at {@link #isCongested} before.
 */
final class Courier {
  /** Copies in one portion. Each costs a write to a socket, some microseconds. */
  private static final int PORTION = 512;
  /** A message to so few is delivered at once when it is posted by the loop itself. */
  private static final int FEW = 16;
  /** Copies and bytes that may wait: a second or two of work. */
  private static final long MOST_COPIES = 1 << 20;

  private static final long MOST_BYTES = 32L << 20;

  private final Loop loop;
  private final Runnable whenCongested;
  private final Queue<Parcel> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicLong copies = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /** {@code whenCongested} is told with every message that is one too many. */
  Courier(Loop loop, Runnable whenCongested) {
    this.loop = loop;
    this.whenCongested = whenCongested;
  }

  Loop loop() {
    return loop;
  }

  void post(Parcel parcel) {
    if (parcel.receivers() <= FEW && waiting.isEmpty() && loop.inLoop()) {
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

  /** Whether so much waits that those who cause more should wait themselves. */
  boolean isCongested() {
    return copies.get() > MOST_COPIES || bytes.get() > MOST_BYTES;
  }

  private void begin() {
    try {
      loop.execute(this::deliverPortion);
    } catch (RejectedExecutionException e) {
      // The server has been closed, and with it all who would listen.
      waiting.clear();
    }
  }

  private void deliverPortion() {
    scheduled.set(false);
    int left = PORTION;
    Parcel parcel = waiting.peek();
    while (parcel != null && left > 0) {
      int delivered = parcel.deliver(left);
      left -= delivered;
      copies.addAndGet(-delivered);
      if (parcel.isDelivered()) {
        bytes.addAndGet(-parcel.bytes());
        waiting.remove();
        parcel = waiting.peek();
      }
    }
    if (parcel != null && scheduled.compareAndSet(false, true)) {
      loop.executeAfterReading(this::deliverPortion);
    }
  }
}
