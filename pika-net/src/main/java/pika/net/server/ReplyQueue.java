package pika.net.server;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;

/**
 * Puts the replies of one connection into the order of its requests.
 *
 * <p><b>Shape.</b> A ring of replies, indexed by sequence number. A request takes the number {@code
 * tail} when it is decoded; its reply is put at that index whenever it comes; what is written is
 * the run of replies that starts at {@code head}:
 *
 * <pre>
 *             head                          tail
 *              |                             |
 *   written    | r4  r5  ---  r7  ---  ---   |   not yet received
 *              +---------+                   r4, r5 may be written; r7 waits for the reply to 6
 * </pre>
 *
 * The ring doubles when {@code tail} would run into {@code head}. How far it grows is bounded by
 * the in-flight budget: the connection stops decoding when too many requests are unanswered. {@link
 * #shrink} gives the array back once everything is written.
 *
 * <p><b>Concurrency.</b> There is none in here: everything is confined to the connection's event
 * loop. A reply that is made on another thread travels through the loop's {@link Inbox} first, the
 * one place where threads meet. An earlier idea, to let every thread store into the ring itself,
 * needs an atomic store per reply, a protocol for growing the ring under other threads' hands, and
 * still something to tell the loop; the inbox does all of it with one compare-and-set per batch of
 * replies, and leaves the common case, a reply made on the loop itself, with a plain array store.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>{@code head <= completed <= tail}, and all only grow. {@code tail - head <= ring.length}.
 *   <li>A slot from {@code head} to {@code tail} is empty until its reply comes, and every slot
 *       outside is empty.
 *   <li>Nothing from {@code end} on is ever written; replies to it are dropped.
 *   <li>A number is answered once. Answering one that was never given, or twice, is a bug and
 *       throws.
 *   <li>A push (out-of-band message) is written between whole replies, after every reply that was
 *       complete when the push arrived: a message of a channel never overtakes the confirmation of
 *       its subscription. It does not wait for requests without a reply, for these may be blocked
 *       for hours. One that is tied to a span of requests stands between their replies, whenever
 *       these come.
 * </ul>
 */
final class ReplyQueue {

  /** Unwritten replies for which an idle connection keeps its ring. */
  private static final int SMALL_RING = 16;

  private record Push(long after, Reply message, long bytes) {}

  private static final @Nullable Reply[] NO_REPLIES = {};
  private static final int[] NO_WEIGHTS = {};

  private @Nullable Reply[] ring = NO_REPLIES;
  /** What the request of each slot weighs, in bytes; given back when its reply is written. */
  private int[] weights = NO_WEIGHTS;

  private long head;
  private long tail;
  /** Behind the last number that has been answered. */
  private long completed;
  /** Where writing stops for good, when the connection is to close. */
  private long end = Long.MAX_VALUE;

  private long weightBytes;
  private @Nullable ArrayDeque<Push> pushes;
  private long pushBytes;
  private boolean polledPush;

  /** Takes the next number for a request of {@code sizeBytes}. */
  long admit(long sizeBytes) {
    if (tail - head == ring.length) {
      grow();
    }
    int weight = (int) Math.min(sizeBytes, Integer.MAX_VALUE);
    weights[slot(tail)] = weight;
    weightBytes += weight;
    return tail++;
  }

  /** Answers the request that took {@code sequence}; of no effect behind the end. */
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

  /** Takes a message of {@code bytes}. */
  void push(Reply message, long bytes) {
    pushAt(new Push(completed, message, bytes));
  }

  /**
   * Puts a message behind the reply to request {@code after} and in front of the one to {@code
   * before}; false if that one has been written already.
   */
  boolean pushBetween(long after, long before, Reply message, long bytes) {
    if (head > before) {
      return false;
    }
    long place = Math.min(Math.max(completed, after + 1), Math.min(before, end));
    pushAt(new Push(place, message, bytes));
    return true;
  }

  /** Pushes stay in the order of their places, and those of one place in the order they came. */
  private void pushAt(Push push) {
    if (pushes == null) {
      pushes = new ArrayDeque<>();
    }
    ArrayDeque<Push> later = new ArrayDeque<>(0);
    while (!pushes.isEmpty() && pushes.getLast().after > push.after) {
      later.addFirst(pushes.removeLast());
    }
    pushes.add(push);
    pushes.addAll(later);
    pushBytes += push.bytes;
  }

  int waitingPushes() {
    return pushes == null ? 0 : pushes.size();
  }

  /** What they weigh. */
  long waitingPushBytes() {
    return pushBytes;
  }

  /** Whether what {@link #poll} has given last was a message. */
  boolean polledPush() {
    return polledPush;
  }

  /** The next thing to write, or null when the next is not there yet. */
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
   * Makes the reply to request {@code sequence - 1} the last one that is written; an earlier end
   * stays.
   */
  void endBefore(long sequence) {
    end = Math.min(end, sequence);
  }

  /** Whether everything before the end has been taken. */
  boolean ended() {
    return head >= end && (pushes == null || pushes.isEmpty());
  }

  /** The number the next request will get. */
  long tail() {
    return tail;
  }

  /** Requests whose replies are not written. */
  int size() {
    return (int) (tail - head);
  }

  /** What these requests weigh. */
  long weightBytes() {
    return weightBytes;
  }

  /** Gives memory back when nothing is waiting. */
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
