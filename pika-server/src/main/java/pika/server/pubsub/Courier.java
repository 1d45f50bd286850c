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
 * Brings messages to the subscribers of one event loop, in the order in which they were posted.
 *
 * <p>Any thread posts; the loop delivers, a bounded number of copies at a time, and between two
 * portions reads its sockets: one message to ten thousand subscribers holds nobody up. What waits is
 * bounded, too, by those who cause messages: they look at {@link #isCongested} before.
 */
final class Courier {
  /** Subscribers in one portion. Each costs a write to a socket, some microseconds. */
  private static final int PORTION = 512;
  /** Messages of one audience that go together: a subscriber gets them in one write. */
  private static final int TOGETHER = 32;

  private static final long TOGETHER_BYTES = 64 << 10;
  /** A message to so few is delivered at once when it is posted by the loop itself. */
  private static final int FEW = 16;
  /** Copies and bytes that may wait: a second or two of work. */
  private static final long MOST_COPIES = 1 << 20;

  private static final long MOST_BYTES = 32L << 20;

  private final Loop loop;
  private final Runnable whenCongested;
  private final Queue<Parcel> waiting = new ConcurrentLinkedQueue<>();
  /** Parcels for one audience, all delivered as far as each other; confined to the loop. */
  private final List<Parcel> leaving = new ArrayList<>(TOGETHER);

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

  /** Whether anything is to be delivered; if nothing is leaving yet, the next messages that have one audience are. */
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
