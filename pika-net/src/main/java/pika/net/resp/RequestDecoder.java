package pika.net.resp;

import java.util.Arrays;

/**
 * Turns one connection's bytes into requests, at any split of the stream. Confined to one thread.
 *
 * <p>Every call consumes what it is given: a line that is cut in the middle is carried in a small
 * buffer, an argument of known length is filled in as its bytes arrive, so the bytes of a request
 * are copied once and a large argument costs time linear in its size. Nothing is allocated on a
 * client's word alone: an argument's array is at first {@link #TRUSTED_BYTES} long at most and
 * doubles as bytes come, up to the exact length; so does the list of arguments.
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

  /** What is allocated before the bytes are there. */
  static final int TRUSTED_BYTES = 1 << 20;

  private static final int TRUSTED_ARGS = 1024;
  /** What an argument weighs beyond its bytes: the array's header and the reference to it. */
  private static final int ARG_OVERHEAD_BYTES = 24;

  private static final byte[] EMPTY = {};
  private static final byte[][] NO_ARGS = {};

  private RespLimits limits;
  private boolean authenticated = true;

  private State state = State.REQUEST;
  /** The beginning of a line whose end has not come yet. */
  private byte[] carry = EMPTY;

  private int carryLength;

  /** The line last found, in the input or in {@link #carry}. */
  private byte[] line = EMPTY;

  private int lineFrom;
  private int lineTo;

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

  public RequestDecoder(RespLimits limits) {
    this.limits = limits;
  }

  /** Takes effect with the next length that arrives. */
  public void limits(RespLimits newLimits) {
    this.limits = newLimits;
  }

  /** Whether the client may send more than AUTH needs; it may until told otherwise. */
  public void authenticated(boolean value) {
    this.authenticated = value;
  }

  /**
   * Reads on in {@code in} up to {@code to} or to the end of one request, whichever comes first,
   * and returns the index behind what it consumed. If {@link #hasRequest} then, {@link #takeArgs}
   * must be called before the next call.
   *
   * @throws ProtocolException with Redis' words; the decoder is of no use afterwards
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

  /** Bytes held for a request that is not complete. */
  public long pendingBytes() {
    return carryLength + (args == NO_ARGS ? 0 : sizeBytes - bodyLength + bodyFilled);
  }

  private int firstByte(byte first, int at) {
    sizeBytes = 0;
    state = first == '*' ? State.COUNT : State.INLINE;
    return at;
  }

  private int inline(byte[] in, int at, int to) throws ProtocolException {
    int next = findLine(in, at, to, '\n', 0, "too big inline request");
    if (next < 0) {
      return to;
    }
    int end = lineTo > lineFrom && line[lineTo - 1] == '\r' ? lineTo - 1 : lineTo;
    byte[][] words = InlineCommand.split(line, lineFrom, end);
    releaseLine();
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
    int next = findLine(in, at, to, '\r', 1, "too big mbulk count string");
    if (next < 0) {
      return to;
    }
    long count = Decimal.parse(line, lineFrom + 1, lineTo);
    if (count == Decimal.INVALID || count > Integer.MAX_VALUE) {
      throw error("invalid multibulk length");
    }
    if (count > RespLimits.MAX_UNAUTHENTICATED_ARGS && !authenticated) {
      throw error("unauthenticated multibulk length");
    }
    releaseLine();
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
    int next = findLine(in, at, to, '\r', 1, "too big bulk count string");
    if (next < 0) {
      return to;
    }
    if (lineTo == lineFrom || line[lineFrom] != '$') {
      char got = lineTo == lineFrom ? '\r' : (char) (line[lineFrom] & 0xff);
      throw error("expected '$', got '" + got + "'");
    }
    long length = Decimal.parse(line, lineFrom + 1, lineTo);
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
    releaseLine();
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

  private int body(byte[] in, int at, int to) {
    int available = Math.min(to - at, bodyLength - bodyFilled);
    int needed = bodyFilled + available;
    if (needed > body.length) {
      long doubled = Math.max(2L * body.length, needed);
      body = Arrays.copyOf(body, (int) Math.min(doubled, bodyLength));
    }
    System.arraycopy(in, at, body, bodyFilled, available);
    bodyFilled = needed;
    return bodyFilled == bodyLength ? bodyFilled(at + available) : at + available;
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

  /**
   * Finds the line that ends with {@code end} and {@code behind} (0 or 1) more bytes and sets
   * {@link #line} to it without that end. Returns the index behind it, or -1 when its end is yet to
   * come and all input has been carried.
   */
  private int findLine(byte[] in, int from, int to, char end, int behind, String tooBig)
      throws ProtocolException {
    if (carryLength == 0) {
      int stop = indexOf(in, from, to, end);
      if (stop >= 0 && stop + behind < to) {
        checkLine(stop - from, tooBig);
        line = in;
        lineFrom = from;
        lineTo = stop;
        return stop + behind + 1;
      }
    }
    return carryLine(in, from, to, end, behind, tooBig);
  }

  private int carryLine(byte[] in, int from, int to, char end, int behind, String tooBig)
      throws ProtocolException {
    boolean endCarried = behind > 0 && carryLength > 0 && carry[carryLength - 1] == end;
    int stop;
    int next;
    if (endCarried) {
      stop = carryLength - 1;
      next = from + behind;
    } else {
      int found = indexOf(in, from, to, end);
      stop = found < 0 ? -1 : carryLength + found - from;
      next = found < 0 ? to + 1 : found + behind + 1;
    }
    int taken = Math.min(next, to) - from;
    checkLine(stop < 0 ? carryLength + taken : stop, tooBig);
    append(in, from, taken);
    if (next > to) {
      return -1;
    }
    line = carry;
    lineFrom = 0;
    lineTo = stop;
    return next;
  }

  private static void checkLine(int length, String tooBig) throws ProtocolException {
    if (length > RespLimits.MAX_LINE_BYTES) {
      throw error(tooBig);
    }
  }

  private void append(byte[] in, int from, int length) {
    if (carryLength + length > carry.length) {
      carry = Arrays.copyOf(carry, Math.max(32, Math.max(2 * carry.length, carryLength + length)));
    }
    System.arraycopy(in, from, carry, carryLength, length);
    carryLength += length;
  }

  /** Lets go of the line so that an idle connection holds no buffer. */
  private void releaseLine() {
    line = EMPTY;
    if (carryLength > 0) {
      carry = EMPTY;
      carryLength = 0;
    }
  }

  private static int indexOf(byte[] in, int from, int to, char wanted) {
    for (int i = from; i < to; i++) {
      if (in[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static ProtocolException error(String what) {
    return new ProtocolException("Protocol error: " + what);
  }
}
