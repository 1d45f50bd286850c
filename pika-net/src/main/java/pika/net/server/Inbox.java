package pika.net.server;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What other threads have for an event loop: replies, pushes, closings. Any thread adds; the loop
 * alone takes everything at once and works it off in the order it was added.
 *
 * <p>It is a linked stack with a compare-and-set on its top, turned round when taken. Whether the
 * loop has to be woken is a by-product: the thread that adds to an empty inbox wakes it, all others
 * know that it has been woken and has not looked yet. No wake-up is lost: the loop empties the
 * inbox before it works it off, so whoever adds later finds it empty and wakes again.
 */
final class Inbox {

  /** Something to do on the loop; belongs to one inbox, once. */
  abstract static class Delivery {
    private @Nullable Delivery next;

    abstract void deliver();
  }

  private final AtomicReference<@Nullable Delivery> top = new AtomicReference<>();

  /** Adds; returns true if the caller must wake the loop. */
  boolean add(Delivery delivery) {
    Delivery seen;
    do {
      seen = top.get();
      delivery.next = seen;
    } while (!top.compareAndSet(seen, delivery));
    return seen == null;
  }

  /** Takes all there is; the first of a chain to be walked with {@link #after}. */
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
   * The next of a chain that was taken; the link is cut, so that a delivered one keeps nothing
   * alive.
   */
  static @Nullable Delivery after(Delivery delivery) {
    Delivery next = delivery.next;
    delivery.next = null;
    return next;
  }
}
