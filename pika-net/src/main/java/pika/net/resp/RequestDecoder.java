package pika.net.resp;

import java.util.Arrays;

/**
 * Turns one connection's bytes into requests, at any split of the stream. Confined to one thread.
 *
 * <p>Every call consumes what it is given: a line that is cut in the middle is carried in a small
 * buffer, an argument of known length is filled in as its bytes arrive, so the bytes of a request
 * are copied once and a large argument costs time linear in its size. Nothing is allocated on a
 * client's word alone: an argument's array is at first {@link #TRUSTED_BYTES} long at most and
 * doubles as bytes come, then takes the exact length; the list of arguments doubles, too.
 *
 * <pre>
 *   REQUEST --'*'--> COUNT --"*n"--> LENGTH --"$l"--> BODY --l bytes--> BODY_END --+
 *      |               |               ^                                           |
 *      +--else--> INLINE               +----------------- until n are there -------+--> complete
 * </pre>
 *
 * A line of a length ends at CR and the byte behind it, whatever that is, and so does an argument
 * with any two bytes: Redis does not look either.
 */
public final class RequestDecoder {

  private enum State {
    REQUEST,
    INLINE,
    COUNT,
    LENGTH,
    BODY,
    BODY_END
  }

  /** What is allocated before the bytes are there: not more than one read may bring. */
  static final int TRUSTED_BYTES = 64 * 1024;

  private static final int TRUSTED_ARGS = 1024;
  /** What an argument weighs beyond its bytes: the array's header and the reference to it. */
  private static final int ARG_OVERHEAD_BYTES = 24;

  private static final byte[] EMPTY = {};
  private static final byte[][] NO_ARGS = {};

  /**
   * When so much of an argument has come, 1 in 8, the rest gets its room at once: growing step by
   * step would hold a large argument twice in the end.
   */
  private static final int CREDIT = 8;

  /** Decides whether there is memory for more of a request. */
  @FunctionalInterface
  public interface Room {
    /** Whether so many bytes may be allocated now. */
    boolean isLeft(long bytes);
  }

  private final Room room;
  private RespLimits limits;
  private boolean authenticated = true;

  private State state = State.REQUEST;
  private final LineBuffer line = new LineBuffer();

  private byte[][] args = NO_ARGS;
  private int argCount;
  private int argsDone;
  private long sizeBytes;

  private byte[] body = EMPTY;
  private int bodyLength;
  private int bodyFilled;
  /** Bytes of the line break behind an argument that are still to come. */
  private int breakLeft;

  private boolean complete;

  /** A decoder that may use all the memory there is. */
  public RequestDecoder(RespLimits limits) {
    this(limits, bytes -> true);
  }

  /** A decoder that asks {@code room} before it lets a request grow large. */
  public RequestDecoder(RespLimits limits, Room room) {
    this.limits = limits;
    this.room = room;
  }

  /** Takes effect with the next length that arrives. */
  public void limits(RespLimits newLimits) {
    this.limits = newLimits;
  }

  /** Whether the client may send more than AUTH needs; it may until told otherwise. */
  public void authenticated(boolean value) {
    this.authenticated = value;
  }

  public boolean isAuthenticated() {
    return authenticated;
  }

  /**
   * Reads on in {@code in} up to {@code to} or to the end of one request, whichever comes first,
   * and returns the index behind what it consumed. If {@link #hasRequest} then, {@link #takeArgs}
   * must be called before the next call.
   *
   * @throws ProtocolException with Redis' words, or when the request finds no room; the decoder is
   *     of no use afterwards
   */
  public int decode(byte[] in, int from, int to) throws ProtocolException {
    int at = from;
    while (at < to && !complete) {
      at = switch (state) {
        case REQUEST -> firstByte(in[at], at);
        case INLINE -> inline(in, at, to);
        case COUNT -> count(in, at, to);
        case LENGTH -> length(in, at, to);
        case BODY -> body(in, at, to);
        case BODY_END -> bodyEnd(at, to);
      };
    }
    return at;
  }

  /** Whether a request is complete. */
  public boolean hasRequest() {
    return complete;
  }

  /** The name and arguments of the request that is complete. */
  public byte[][] takeArgs() {
    byte[][] taken = args;
    if (!complete) {
      throw new IllegalStateException("no request is complete");
    }
    args = NO_ARGS;
    complete = false;
    return taken;
  }

  /** What the arguments of the request in progress, or of the last complete one, weigh. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Bytes received of a request that is not complete. */
  public long pendingBytes() {
    return pendingBytes(bodyFilled);
  }

  /** What is allocated for it: the rest of an argument, too, once it has its room. */
  public long heldBytes() {
    return pendingBytes(body.length);
  }

  private long pendingBytes(int ofBody) {
    return line.carriedBytes() + (args == NO_ARGS ? 0 : sizeBytes - bodyLength + ofBody);
  }

  private int firstByte(byte first, int at) {
    sizeBytes = 0;
    state = first == '*' ? State.COUNT : State.INLINE;
    return at;
  }

  private int inline(byte[] in, int at, int to) throws ProtocolException {
    int next = line.find(in, at, to, '\n', 0);
    checkLine("too big inline request");
    if (next < 0) {
      return to;
    }
    byte[][] words = InlineCommand.split(line.bytes(), line.from(), line.to());
    line.release();
    state = State.REQUEST;
    if (words.length > 0) {
      for (byte[] word : words) {
        sizeBytes += word.length + ARG_OVERHEAD_BYTES;
      }
      args = words;
      complete = true;
    }
    return next;
  }

  private int count(byte[] in, int at, int to) throws ProtocolException {
    int next = line.find(in, at, to, '\r', 1);
    checkLine("too big mbulk count string");
    if (next < 0) {
      return to;
    }
    long count = Decimal.parse(line.bytes(), line.from() + 1, line.to());
    if (count == Decimal.INVALID || count > Integer.MAX_VALUE) {
      throw error("invalid multibulk length");
    }
    if (count > RespLimits.MAX_UNAUTHENTICATED_ARGS && !authenticated) {
      throw error("unauthenticated multibulk length");
    }
    line.release();
    if (count <= 0) {
      state = State.REQUEST;
      return next;
    }
    argCount = (int) count;
    argsDone = 0;
    args = new byte[Math.min(argCount, TRUSTED_ARGS)][];
    state = State.LENGTH;
    return next;
  }

  private int length(byte[] in, int at, int to) throws ProtocolException {
    int next = line.find(in, at, to, '\r', 1);
    checkLine("too big bulk count string");
    if (next < 0) {
      return to;
    }
    char type = line.length() == 0 ? '\r' : (char) (line.bytes()[line.from()] & 0xff);
    if (type != '$') {
      throw error("expected '$', got '" + type + "'");
    }
    long length = Decimal.parse(line.bytes(), line.from() + 1, line.to());
    if (length < 0 || length > limits.maxBulkBytes()) {
      throw error("invalid bulk length");
    }
    if (length > RespLimits.MAX_UNAUTHENTICATED_BULK_BYTES && !authenticated) {
      throw error("unauthenticated bulk length");
    }
    sizeBytes += length + ARG_OVERHEAD_BYTES;
    if (sizeBytes > limits.maxRequestBytes()) {
      throw error("request exceeds client-query-buffer-limit");
    }
    if (sizeBytes > TRUSTED_BYTES && !room.isLeft(Math.min(length, TRUSTED_BYTES))) {
      throw noRoom();
    }
    line.release();
    bodyLength = (int) length;
    bodyFilled = 0;
    if (to - next >= bodyLength) {
      body = bodyLength == 0 ? EMPTY : Arrays.copyOfRange(in, next, next + bodyLength);
      return bodyFilled(next + bodyLength);
    }
    body = new byte[Math.min(bodyLength, TRUSTED_BYTES)];
    state = State.BODY;
    return next;
  }

  private int body(byte[] in, int at, int to) throws ProtocolException {
    int available = Math.min(to - at, bodyLength - bodyFilled);
    int needed = bodyFilled + available;
    if (needed > body.length) {
      body = grown(needed);
    }
    System.arraycopy(in, at, body, bodyFilled, available);
    bodyFilled = needed;
    return bodyFilled == bodyLength ? bodyFilled(at + available) : at + available;
  }

  private byte[] grown(int needed) throws ProtocolException {
    long doubled = Math.max(2L * body.length, needed);
    int length = needed >= bodyLength / CREDIT ? bodyLength : (int) Math.min(doubled, bodyLength);
    try {
      if (room.isLeft(length)) {
        return Arrays.copyOf(body, length);
      }
    } catch (OutOfMemoryError e) {
      // The heap is fuller than its owner thought; nothing was allocated.
    }
    throw noRoom();
  }

  private ProtocolException noRoom() {
    args = NO_ARGS;
    body = EMPTY;
    return new ProtocolException("not enough memory for this request");
  }

  private int bodyFilled(int at) {
    byte[][] list = args;
    if (argsDone == list.length) {
      list = Arrays.copyOf(list, (int) Math.min(2L * list.length, argCount));
      args = list;
    }
    list[argsDone++] = body;
    body = EMPTY;
    bodyLength = 0;
    bodyFilled = 0;
    breakLeft = 2;
    state = State.BODY_END;
    return at;
  }

  private int bodyEnd(int at, int to) {
    int skipped = Math.min(breakLeft, to - at);
    breakLeft -= skipped;
    if (breakLeft == 0) {
      complete = argsDone == argCount;
      state = complete ? State.REQUEST : State.LENGTH;
    }
    return at + skipped;
  }

  private void checkLine(String tooBig) throws ProtocolException {
    if (line.length() > RespLimits.MAX_LINE_BYTES) {
      throw error(tooBig);
    }
  }

  private static ProtocolException error(String what) {
    return new ProtocolException("Protocol error: " + what);
  }
}
