package pika.net.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pika.net.resp.ProtocolException;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.net.resp.RequestDecoder;

/**
 * The input side of one connection: from bytes to numbered requests, as many as the connection's
 * budgets allow. Confined to the connection's event loop.
 *
 * <p>Back-pressure: when the unanswered requests or the unread output of the connection reach their
 * budget, decoding stops where it is, the rest of the read is kept ({@code backlog}, at most one
 * read buffer) and the socket is no longer read until both have fallen to half. One request may be
 * larger than the budget, or it could never be served. When all connections of the loop together
 * hold more than they should, each of them is served one request at a time; so is a client who has
 * not said who it is, since what it may send depends on the answer.
 */
final class Intake {

  private static final byte[] NOTHING = {};
  /** Reading goes on when the budgets have fallen to one half, so that it does not flutter. */
  private static final int RESUME_PART = 2;

  private final Conversation conversation;
  private final RequestDecoder decoder;
  private final ReplyQueue queue;
  private final Outbox outbox;

  private List<Request> burst = new ArrayList<>();
  private byte[] backlog = NOTHING;
  /** How much of the backlog has been decoded. */
  private int backlogDone;

  private boolean paused;
  private boolean stopped;

  Intake(Conversation conversation, RequestDecoder decoder, ReplyQueue queue, Outbox outbox) {
    this.conversation = conversation;
    this.decoder = decoder;
    this.queue = queue;
    this.outbox = outbox;
  }

  /** Takes all of the bytes; complete requests join the burst. */
  void read(byte[] bytes, int from, int to, long nanos) {
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
    if (end < to && !stopped) {
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

  /** Whether bytes wait for budget that will make requests. */
  boolean hasBacklog() {
    return backlog.length > 0;
  }

  /** Goes on reading, or stops, as the budgets say; to be called when replies have been written. */
  void balance(long nanos) {
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
    int done = decode(backlog, backlogDone, backlog.length, nanos);
    if (stopped) {
      return;
    }
    backlogDone = done;
    if (done == backlog.length) {
      keep(NOTHING);
      paused = false;
      conversation.reading(true);
    }
  }

  /** Ignores everything that still comes in. */
  void stop() {
    stopped = true;
    keep(NOTHING);
    if (paused) {
      paused = false;
      conversation.reading(true);
    }
  }

  RequestDecoder decoder() {
    return decoder;
  }

  /** Bytes received that have not become a request. */
  long pendingBytes() {
    return backlog.length - backlogDone + decoder.pendingBytes();
  }

  /** What is allocated for them. */
  long heldBytes() {
    return backlog.length + decoder.heldBytes();
  }

  /** Lets go of the memory of the last burst. */
  void shrink() {
    if (burst.isEmpty()) {
      burst = new ArrayList<>(0);
    }
  }

  private void keep(byte[] bytes) {
    backlog = bytes;
    backlogDone = 0;
  }

  private int decode(byte[] bytes, int from, int to, long nanos) {
    int at = from;
    decoder.limits(conversation.options().respLimits());
    try {
      while (at < to && hasBudget(1)) {
        at = decoder.decode(bytes, at, to);
        if (decoder.hasRequest()) {
          long size = decoder.sizeBytes();
          byte[][] args = decoder.takeArgs();
          burst.add(new Request(args, queue.admit(size), size, nanos));
        }
      }
    } catch (ProtocolException e) {
      conversation.protocolBroken(Reply.error("ERR " + e.getMessage()));
    }
    return at;
  }

  /** Whether less than one {@code part}-th of the in-flight budget is used. */
  private boolean hasBudget(int part) {
    int unanswered = queue.size();
    if (unanswered == 0) {
      return true;
    }
    if (!decoder.isAuthenticated()) {
      return false;
    }
    NetOptions options = conversation.options();
    return unanswered * part < options.inFlightCommands()
        && queue.weightBytes() * part < options.inFlightBytes()
        && !conversation.isCrowded(part);
  }

  /** Whether less than one {@code part}-th of the budget for unread output is used. */
  private boolean hasOutputRoom(int part) {
    // What waits on the heap is sure to bring the loop back here when the socket has taken it.
    return outbox.pendingBytes() * part <= conversation.options().pendingOutputBytes()
        && (outbox.waitingBytes() == 0 || !conversation.isCrowded(part));
  }

  private void pause() {
    if (!paused) {
      paused = true;
      conversation.reading(false);
    }
  }
}
