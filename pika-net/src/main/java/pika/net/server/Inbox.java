package pika.net.server;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A multi-producer, single-consumer queue of what other threads have for an event loop: replies,
 * pushes, closings. Any thread adds; only the loop takes, everything at once, in the order of
 * addition.
 *
 * <p>It is a linked stack with a compare-and-set on its top, reversed when taken. Whether to wake
 * the loop follows from that: the thread that adds to an empty inbox wakes it; all others know that
 * it has been woken and has not looked yet. No wake-up is lost: the loop empties the inbox before
 * processing it, so a later addition finds it empty and wakes the loop again.
 */
final class Inbox {

  /** Something to do on the loop. An instance is added once, to one inbox. */
  abstract static class Delivery {
    private @Nullable Delivery next;

    abstract void deliver();
  }

  private final AtomicReference<@Nullable Delivery> top = new AtomicReference<>();

  /** Returns true if the caller must wake the loop. */
  boolean add(Delivery delivery) {
    Delivery seen;
    do {
      seen = top.get();
      delivery.next = seen;
    } while (!top.compareAndSet(seen, delivery));
    return seen == null;
  }

  /** Takes everything; returns the first of a chain to be walked with {@link #after}. */
  @Nullable
  Delivery takeAll() {
    if (top.get() == null) {
      return null;
    }
    Delivery rest = top.getAndSet(null);
    Delivery first = null;
    while (rest != null) {
      Delivery following = rest.next;
      rest.next = first;
      first = rest;
      rest = following;
    }
    return first;
  }

  /**
   * The next delivery of a taken chain. The link is cut, so that a processed delivery keeps nothing
   * alive.
   */
  static @Nullable Delivery after(Delivery delivery) {
    Delivery next = delivery.next;
    delivery.next = null;
    return next;
  }
}
