package pika.net.resp;

import java.util.Arrays;

/**
 * Decodes one connection's bytes into requests. The stream may be split anywhere. Confined to one
 * thread.
 *
 * <p>Every call consumes its input: a split line is carried over in a small buffer, and an argument
 * of known length is filled as its bytes arrive, so a large argument costs time linear in its size.
 * No announced length alone makes the decoder allocate much: an argument's array starts with at
 * most {@link #TRUSTED_BYTES}, doubles as bytes arrive, and finally has the exact length. The list
 * of arguments doubles as well.
 *
 * <pre>
 *   REQUEST --'*'--> COUNT --"*n"--> LENGTH --"$l"--> BODY --l bytes--> BODY_END --+
 *      |               |               ^                                           |
 *      +--else--> INLINE               +-------------- until n arguments ----------+--> complete
 * </pre>
 *
 * A length line ends at CR and one more byte, an argument at any two bytes: like Redis, the decoder
 * does not check them.
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

  /** The most that is allocated before any byte arrives: what one read may bring. */
  static final int TRUSTED_BYTES = 64 * 1024;

  private static final int TRUSTED_ARGS = 1024;
  /** The memory of an argument besides its bytes: array header and reference. */
  private static final int ARG_OVERHEAD_BYTES = 24;

  private static final byte[] EMPTY = {};
  private static final byte[][] NO_ARGS = {};

  /**
   * Once 1 / CREDIT of an argument has arrived, the full length is allocated at once: growing by
   * doubling to the end would briefly hold a large argument twice.
   */
  private static final int CREDIT = 8;

  /** Decides whether a request may use more memory. */
  @FunctionalInterface
  public interface Room {
    /** Whether {@code bytes} may be allocated now. */
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
  /** Bytes of the line break after an argument that are still expected. */
  private int breakLeft;

  private boolean complete;

  /** A decoder without a memory limit. */
  public RequestDecoder(RespLimits limits) {
    this(limits, bytes -> true);
  }

  /** A decoder that asks {@code room} before a request grows large. */
  public RequestDecoder(RespLimits limits, Room room) {
    this.limits = limits;
    this.room = room;
  }

  /** Takes effect with the next length line. */
  public void limits(RespLimits newLimits) {
    this.limits = newLimits;
  }

  /** Sets whether the client may send larger requests than AUTH needs; initially it may. */
  public void authenticated(boolean value) {
    this.authenticated = value;
  }

  public boolean isAuthenticated() {
    return authenticated;
  }

  /**
   * Consumes {@code in} up to {@code to} or the end of one request, whichever comes first. Returns
   * the index after what it consumed. If {@link #hasRequest} is then true, {@link #takeArgs} must
   * be called before the next call.
   *
   * @throws ProtocolException with Redis' text, or if there is no room for the request; the decoder
   *     is then unusable
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

  /** Returns and clears the name and arguments of the complete request. */
  public byte[][] takeArgs() {
    byte[][] taken = args;
    if (!complete) {
      throw new IllegalStateException("no request is complete");
    }
    args = NO_ARGS;
    complete = false;
    return taken;
  }

  /** The memory of the arguments of the current request, or of the last complete one. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Bytes received of an incomplete request. */
  public long pendingBytes() {
    return pendingBytes(bodyFilled);
  }

  /** The memory allocated for it, including the unfilled part of an argument's array. */
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
      // The heap is fuller than the room's owner thought; nothing was allocated.
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
