package pika.net.resp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a stream of replies in either protocol: the client's counterpart of
 * {@link RequestDecoder}. The stream may be split anywhere. Every call consumes its input up to the
 * end of one reply. A bulk string's array grows as its bytes arrive, so its cost is linear and no
 * announced length alone makes the decoder allocate much. Attributes are skipped. Confined to one
 * thread.
 */
public final class ReplyDecoder {

  private enum State {
    TYPE,
    LINE,
    BODY,
    BODY_END
  }

  /** A list that still lacks elements. */
  private record Open(char type, int size, List<Reply> items) {

    Reply reply() {
      return switch (type) {
        case '%' -> Reply.map(items);
        case '~' -> Reply.set(items);
        case '>' -> Reply.push(items);
        default -> Reply.array(items);
      };
    }
  }

  /** No server nests replies this deep. */
  private static final int MAX_DEPTH = 512;
  /** The most elements allocated before any of them arrives. */
  private static final int TRUSTED_ITEMS = 1024;

  private static final int TRUSTED_BYTES = 64 * 1024;
  private static final int GROWTH = 8;
  private static final int LINE_BREAK_BYTES = 2;
  private static final byte[] EMPTY = {};

  private final ReplyLines line = new ReplyLines();
  private final Deque<Open> open = new ArrayDeque<>();

  private State state = State.TYPE;
  private char type;
  private byte[] body = EMPTY;
  private int bodyLength;
  private int bodyFilled;
  private int breakLeft;
  private @Nullable Reply complete;

  /**
   * Consumes {@code in} up to {@code to} or the end of one reply (or push), whichever comes first.
   * Returns the index after what it consumed. If {@link #hasReply} is then true, {@link #takeReply}
   * must be called before the next call.
   *
   * @throws ProtocolException if the bytes are not a reply; the decoder is then unusable
   */
  public int decode(byte[] in, int from, int to) throws ProtocolException {
    int at = from;
    while (at < to && complete == null) {
      at = switch (state) {
        case TYPE -> {
          type = (char) in[at];
          state = State.LINE;
          yield at + 1;
        }
        case LINE -> line(in, at, to);
        case BODY -> body(in, at, to);
        case BODY_END -> bodyEnd(at, to);
      };
    }
    return at;
  }

  /** Whether a reply is complete. */
  public boolean hasReply() {
    return complete != null;
  }

  /** Returns and clears the complete reply. */
  public Reply takeReply() {
    Reply taken = complete;
    if (taken == null) {
      throw new IllegalStateException("no reply is complete");
    }
    complete = null;
    return taken;
  }

  /** Whether the stream is between two replies. */
  public boolean isBetween() {
    return state == State.TYPE && open.isEmpty() && complete == null;
  }

  private int line(byte[] in, int at, int to) throws ProtocolException {
    int next = line.read(in, at, to);
    if (next < 0) {
      return to;
    }
    state = State.TYPE;
    switch (type) {
      case '+' -> ended(Reply.simple(line.text()));
      case '-' -> ended(Reply.error(line.text()));
      case ':' -> ended(Reply.integer(number(line.text())));
      case '_' -> ended(Reply.NULL);
      case ',' -> ended(Reply.doubleValue(doubleOf(line.text())));
      case '#' -> ended(Reply.bool(line.text().equals("t")));
      case '(' -> ended(Reply.bigNumber(line.text()));
      case '$', '!', '=' -> bodyBegins();
      case '*', '%', '~', '>', '|' -> listBegins();
      default -> throw new ProtocolException("Protocol error: unknown reply type " + type);
    }
    line.release();
    return next;
  }

  private void bodyBegins() throws ProtocolException {
    if (type == '$' && line.isAbsent()) {
      ended(Reply.NULL);
    } else {
      bodyLength = line.length();
      body = bodyLength == 0 ? EMPTY : new byte[Math.min(bodyLength, TRUSTED_BYTES)];
      bodyFilled = 0;
      breakLeft = LINE_BREAK_BYTES;
      state = bodyLength == 0 ? State.BODY_END : State.BODY;
    }
  }

  private int body(byte[] in, int at, int to) {
    int taken = Math.min(bodyLength - bodyFilled, to - at);
    int needed = bodyFilled + taken;
    if (needed > body.length) {
      long grown = Math.max((long) GROWTH * body.length, needed);
      body = Arrays.copyOf(body, (int) Math.min(grown, bodyLength));
    }
    System.arraycopy(in, at, body, bodyFilled, taken);
    bodyFilled = needed;
    if (bodyFilled == bodyLength) {
      state = State.BODY_END;
    }
    return at + taken;
  }

  private int bodyEnd(int at, int to) throws ProtocolException {
    int taken = Math.min(breakLeft, to - at);
    breakLeft -= taken;
    if (breakLeft == 0) {
      byte[] bytes = body;
      body = EMPTY;
      state = State.TYPE;
      ended(
          switch (type) {
            case '!' -> Reply.error(new String(bytes, StandardCharsets.ISO_8859_1));
            case '=' -> verbatim(bytes);
            default -> Reply.bulk(bytes);
          });
    }
    return at + taken;
  }

  private void listBegins() throws ProtocolException {
    if (type == '*' && line.isAbsent()) {
      ended(Reply.NULL_ARRAY);
      return;
    }
    long size = (long) line.length() * (type == '%' || type == '|' ? 2 : 1);
    if (size > RespLimits.MAX_ARRAY_BYTES) {
      throw new ProtocolException("Protocol error: invalid length " + line.text());
    }
    if (open.size() >= MAX_DEPTH) {
      throw new ProtocolException("Protocol error: replies nested too deeply");
    }
    Open list = new Open(type, (int) size, new ArrayList<>((int) Math.min(size, TRUSTED_ITEMS)));
    if (size > 0) {
      open.push(list);
    } else if (type != '|') {
      ended(list.reply());
    }
  }

  /** A value is complete, and with it every list of which it is the last element. */
  private void ended(Reply value) {
    Reply reply = value;
    for (Open list = open.peek(); list != null; list = open.peek()) {
      list.items.add(reply);
      if (list.items.size() < list.size) {
        return;
      }
      open.pop();
      if (list.type == '|') {
        return;
      }
      reply = list.reply();
    }
    complete = reply;
  }

  private static Reply verbatim(byte[] bytes) throws ProtocolException {
    if (bytes.length < 4) {
      throw new ProtocolException("Protocol error: verbatim string without a format");
    }
    return Reply.verbatim(
        new String(bytes, 0, 3, StandardCharsets.US_ASCII),
        new String(bytes, 4, bytes.length - 4, StandardCharsets.UTF_8));
  }

  private static long number(String line) throws ProtocolException {
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw new ProtocolException("Protocol error: invalid number " + line);
    }
  }

  private static double doubleOf(String line) throws ProtocolException {
    try {
      return switch (line) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan" -> Double.NaN;
        default -> Double.parseDouble(line);
      };
    } catch (NumberFormatException e) {
      throw new ProtocolException("Protocol error: invalid double " + line);
    }
  }
}
