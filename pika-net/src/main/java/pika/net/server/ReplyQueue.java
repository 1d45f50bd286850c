package pika.net.server;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;

/**
 * Puts the replies of one connection into the order of its requests.
 *
 * <p><b>Structure.</b> A ring of replies, indexed by sequence number. A request takes the number
 * {@code tail} when it is decoded; its reply is stored at that index whenever it arrives; the
 * consecutive replies that start at {@code head} are written:
 *
 * <pre>
 *             head                          tail
 *              |                             |
 *   written    | r4  r5  ---  r7  ---  ---   |   not yet received
 *              +---------+                   r4, r5 can be written; r7 waits for the reply to 6
 * </pre>
 *
 * The ring doubles when {@code tail} would run into {@code head}. Its size is bounded by the
 * in-flight budget: the connection stops decoding when too many requests are unanswered.
 * {@link #shrink} releases the array once everything is written.
 *
 * <p><b>Concurrency.</b> None: everything is confined to the connection's event loop. A reply from
 * another thread first travels through the loop's {@link Inbox}, the only place where threads meet.
 * The alternative, letting every thread store into the ring, needs an atomic store per reply, a
 * protocol for growing the ring concurrently, and still a way to notify the loop. The inbox does
 * all of that with one compare-and-set per batch of replies, and leaves a plain array store for the
 * common case, a reply made on the loop itself.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>{@code head <= completed <= tail}, and all only grow. {@code tail - head <= ring.length}.
 *   <li>A slot from {@code head} to {@code tail} is empty until its reply arrives; every other slot
 *       is empty.
 *   <li>Nothing from {@code end} on is ever written; replies to it are dropped.
 *   <li>A number is answered once. Answering one that was never assigned, or twice, is a bug and
 *       throws.
 *   <li>A push (out-of-band message) is written between whole replies, after every reply that was
 *       complete when the push arrived, so a channel's message never overtakes the confirmation of
 *       its subscription. It does not wait for unanswered requests, which may block for hours. A
 *       push tied to a span of requests is written between their replies, whenever these arrive.
 * </ul>
 */
final class ReplyQueue {

  /** The capacity of a new ring; an idle connection keeps a ring this small. */
  private static final int SMALL_RING = 16;

  private record Push(long after, Reply message, long bytes) {}

  private static final @Nullable Reply[] NO_REPLIES = {};
  private static final int[] NO_WEIGHTS = {};

  private @Nullable Reply[] ring = NO_REPLIES;
  /** The size of each slot's request, in bytes; subtracted when its reply is written. */
  private int[] weights = NO_WEIGHTS;

  private long head;
  private long tail;
  /** One more than the highest number answered. */
  private long completed;
  /** Where writing stops for good because the connection is closing. */
  private long end = Long.MAX_VALUE;

  private long weightBytes;
  private @Nullable ArrayDeque<Push> pushes;
  private long pushBytes;
  private boolean polledPush;

  /** Assigns the next number to a request of {@code sizeBytes}. */
  long admit(long sizeBytes) {
    if (tail - head == ring.length) {
      grow();
    }
    int weight = (int) Math.min(sizeBytes, Integer.MAX_VALUE);
    weights[slot(tail)] = weight;
    weightBytes += weight;
    return tail++;
  }

  /** Answers request {@code sequence}; no effect from the end on. */
  void complete(long sequence, Reply reply) {
    if (sequence >= end && sequence < tail) {
      return;
    }
    if (sequence < head || sequence >= tail || ring[slot(sequence)] != null) {
      throw new IllegalStateException(
          "no request waits for reply " + sequence + " (head " + head + ", tail " + tail + ")");
    }
    ring[slot(sequence)] = reply;
    completed = Math.max(completed, sequence + 1);
  }

  /** Adds a message of {@code bytes}. */
  void push(Reply message, long bytes) {
    pushAt(new Push(completed, message, bytes));
  }

  /**
   * Adds a message after the reply to request {@code after} and before the one to {@code before};
   * false if the latter has been written already.
   */
  boolean pushBetween(long after, long before, Reply message, long bytes) {
    if (head > before) {
      return false;
    }
    long place = Math.min(Math.max(completed, after + 1), Math.min(before, end));
    pushAt(new Push(place, message, bytes));
    return true;
  }

  /** Keeps pushes ordered by place, and those of one place in arrival order. */
  private void pushAt(Push push) {
    if (pushes == null) {
      pushes = new ArrayDeque<>();
    }
    if (pushes.isEmpty() || pushes.getLast().after <= push.after) {
      pushes.add(push);
    } else {
      insertPush(pushes, push);
    }
    pushBytes += push.bytes;
  }

  private static void insertPush(ArrayDeque<Push> pushes, Push push) {
    ArrayDeque<Push> later = new ArrayDeque<>();
    while (!pushes.isEmpty() && pushes.getLast().after > push.after) {
      later.addFirst(pushes.removeLast());
    }
    pushes.add(push);
    pushes.addAll(later);
  }

  int waitingPushes() {
    return pushes == null ? 0 : pushes.size();
  }

  /** The bytes of the waiting messages. */
  long waitingPushBytes() {
    return pushBytes;
  }

  /** Whether the last {@link #poll} returned a message. */
  boolean polledPush() {
    return polledPush;
  }

  /** The next reply or message to write; null if it has not arrived yet. */
  @Nullable
  Reply poll() {
    polledPush = pushes != null && !pushes.isEmpty() && pushes.element().after <= head;
    if (pushes != null && polledPush) {
      Push push = pushes.remove();
      pushBytes -= push.bytes;
      return push.message;
    }
    if (head == tail || head == end) {
      return null;
    }
    int slot = slot(head);
    Reply reply = ring[slot];
    if (reply != null) {
      ring[slot] = null;
      weightBytes -= weights[slot];
      head++;
    }
    return reply;
  }

  /**
   * Makes the reply to request {@code sequence - 1} the last one written, unless an earlier end is
   * set.
   */
  void endBefore(long sequence) {
    end = Math.min(end, sequence);
  }

  /** Whether everything before the end has been polled. */
  boolean ended() {
    return head >= end && (pushes == null || pushes.isEmpty());
  }

  /** The number the next request will get. */
  long tail() {
    return tail;
  }

  /** The number of requests whose replies are not written yet. */
  int size() {
    return (int) (tail - head);
  }

  /** The bytes of these requests. */
  long weightBytes() {
    return weightBytes;
  }

  /** Releases memory if nothing is waiting. */
  void shrink() {
    if (head == tail && ring.length > SMALL_RING) {
      ring = NO_REPLIES;
      weights = NO_WEIGHTS;
    }
    if (pushes != null && pushes.isEmpty()) {
      pushes = null;
    }
  }

  private int slot(long sequence) {
    return (int) sequence & (ring.length - 1);
  }

  private void grow() {
    @Nullable Reply[] oldRing = ring;
    int[] oldWeights = weights;
    int length = Math.max(SMALL_RING, 2 * oldRing.length);
    ring = Arrays.copyOf(NO_REPLIES, length);
    weights = new int[length];
    for (long sequence = head; sequence < tail; sequence++) {
      int from = (int) sequence & (oldRing.length - 1);
      ring[slot(sequence)] = oldRing[from];
      weights[slot(sequence)] = oldWeights[from];
    }
  }
}
