package pika.net.server;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pika.net.resp.ProtocolException;
import pika.net.resp.Request;
import pika.net.resp.RequestDecoder;

/**
 * The input side of one connection: turns bytes into numbered requests, as many as the connection's
 * budgets allow. Confined to the connection's event loop.
 *
 * <p>Back-pressure: when the connection's unanswered requests or unread output reach their budget,
 * decoding stops where it is, the rest of the read is kept ({@code backlog}, at most one read
 * buffer), and the socket is not read until both have fallen to half. A single request may exceed
 * the budget, or it could never be served. When the connections of the loop together hold more than
 * their share, each of them is served one request at a time. So is a client that has not
 * authenticated, because what it may send next depends on the answer.
 */
final class Intake {

  private static final byte[] NOTHING = {};
  /** Reading resumes when usage has fallen to half of the budgets: hysteresis. */
  private static final int RESUME_PART = 2;

  private final Loop loop;
  private final Channel channel;
  private final ReplyQueue queue;
  private final Outbox outbox;
  private final RequestDecoder decoder;

  private List<Request> burst = new ArrayList<>();
  private byte[] backlog = NOTHING;
  /** How much of the backlog has been decoded. */
  private int backlogDone;

  private boolean paused;
  private boolean stopped;

  Intake(Loop loop, Channel channel, ReplyQueue queue, Outbox outbox) {
    this.loop = loop;
    this.channel = channel;
    this.queue = queue;
    this.outbox = outbox;
    this.decoder = new RequestDecoder(loop.options().respLimits(), loop.room());
  }

  /**
   * Consumes all bytes; complete requests are added to the burst.
   *
   * @throws ProtocolException if what follows them is no request; the caller must {@link #stop}
   */
  void read(byte[] bytes, int from, int to, long nanos) throws ProtocolException {
    if (stopped) {
      return;
    }
    if (backlog.length > 0) {
      int kept = backlog.length - backlogDone;
      byte[] longer = Arrays.copyOfRange(backlog, backlogDone, backlogDone + kept + to - from);
      System.arraycopy(bytes, from, longer, kept, to - from);
      keep(longer);
      return;
    }
    int end = decode(bytes, from, to, nanos);
    if (end < to) {
      keep(Arrays.copyOfRange(bytes, end, to));
      pause();
    }
  }

  /** The requests decoded since the last call. */
  List<Request> takeBurst() {
    List<Request> taken = burst;
    burst = new ArrayList<>(Math.max(1, taken.size()));
    return taken;
  }

  boolean hasBurst() {
    return !burst.isEmpty();
  }

  /** Whether undecoded bytes wait for budget. */
  boolean hasBacklog() {
    return backlog.length > 0;
  }

  /**
   * Pauses or resumes reading as the budgets require; to be called after replies were written.
   *
   * @throws ProtocolException like {@link #read}
   */
  void balance(long nanos) throws ProtocolException {
    if (stopped) {
      return;
    }
    if (!paused) {
      if (!hasBudget(1) || !hasOutputRoom(1)) {
        pause();
      }
      return;
    }
    if (!hasBudget(RESUME_PART) || !hasOutputRoom(RESUME_PART)) {
      return;
    }
    backlogDone = decode(backlog, backlogDone, backlog.length, nanos);
    if (backlogDone == backlog.length) {
      keep(NOTHING);
      resume();
    }
  }

  /** Ignores all further input. */
  void stop() {
    stopped = true;
    keep(NOTHING);
    if (paused) {
      resume();
    }
  }

  RequestDecoder decoder() {
    return decoder;
  }

  /** Bytes received that are not a complete request yet. */
  long pendingBytes() {
    return backlog.length - backlogDone + decoder.pendingBytes();
  }

  /** The memory allocated for them. */
  long heldBytes() {
    return backlog.length + decoder.heldBytes();
  }

  /** Releases the memory of the last burst. */
  void shrink() {
    if (burst.isEmpty()) {
      burst = new ArrayList<>(0);
    }
  }

  private void keep(byte[] bytes) {
    backlog = bytes;
    backlogDone = 0;
  }

  private int decode(byte[] bytes, int from, int to, long nanos) throws ProtocolException {
    int at = from;
    decoder.limits(loop.options().respLimits());
    while (at < to && hasBudget(1)) {
      at = decoder.decode(bytes, at, to);
      if (decoder.hasRequest()) {
        long size = decoder.sizeBytes();
        byte[][] args = decoder.takeArgs();
        burst.add(new Request(args, queue.admit(size), size, nanos));
      }
    }
    return at;
  }

  /** Whether less than 1 / {@code part} of the in-flight budget is used. */
  private boolean hasBudget(int part) {
    int unanswered = queue.size();
    if (unanswered == 0) {
      return true;
    }
    if (!decoder.isAuthenticated()) {
      return false;
    }
    ConnectionOptions options = loop.options();
    return unanswered * part < options.inFlightCommands()
        && queue.weightBytes() * part < options.inFlightBytes()
        && !loop.isCrowded(part);
  }

  /** Whether no more than 1 / {@code part} of the budget for unread output is used. */
  private boolean hasOutputRoom(int part) {
    // Output waiting on the heap guarantees that the loop comes back here once the socket took it.
    return outbox.pendingBytes() * part <= loop.options().pendingOutputBytes()
        && (outbox.waitingBytes() == 0 || !loop.isCrowded(part));
  }

  private void pause() {
    if (!paused) {
      paused = true;
      channel.config().setAutoRead(false);
    }
  }

  private void resume() {
    paused = false;
    channel.config().setAutoRead(true);
  }
}
