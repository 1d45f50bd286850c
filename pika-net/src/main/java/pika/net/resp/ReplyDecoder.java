package pika.net.resp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads replies of either protocol from a stream, as a client does. Blocks while a reply is
 * incomplete. Confined to one thread; the stream should be buffered.
 */
public final class ReplyDecoder {

  /** Deeper than any reply of a server; shallower than the stack. */
  private static final int MAX_DEPTH = 512;
  /** Allocated before the bytes are there. */
  private static final int TRUSTED_ITEMS = 1024;

  private final InputStream in;

  public ReplyDecoder(InputStream in) {
    this.in = in;
  }

  /**
   * The next reply, pushes included.
   *
   * @throws EOFException if the stream ends, be it between replies or inside one
   * @throws ProtocolException if the bytes are no reply
   */
  public Reply read() throws IOException, ProtocolException {
    return read(0);
  }

  private Reply read(int depth) throws IOException, ProtocolException {
    if (depth > MAX_DEPTH) {
      throw new ProtocolException("Protocol error: replies nested too deeply");
    }
    int type = in.read();
    if (type < 0) {
      throw new EOFException("connection closed");
    }
    String line = readLine();
    return switch (type) {
      case '+' -> Reply.simple(line);
      case '-' -> Reply.error(line);
      case ':' -> Reply.integer(number(line));
      case '$' -> line.equals("-1") ? Reply.NULL : Reply.bulk(body(line));
      case '*' -> line.equals("-1") ? Reply.NULL_ARRAY : Reply.array(items(line, 1, depth));
      case '_' -> Reply.NULL;
      case ',' -> Reply.doubleValue(doubleOf(line));
      case '#' -> Reply.bool(line.equals("t"));
      case '(' -> Reply.bigNumber(line);
      case '!' -> Reply.error(new String(body(line), StandardCharsets.ISO_8859_1));
      case '=' -> verbatim(body(line));
      case '%' -> Reply.map(items(line, 2, depth));
      case '~' -> Reply.set(items(line, 1, depth));
      case '>' -> Reply.push(items(line, 1, depth));
      case '|' -> {
        items(line, 2, depth);
        yield read(depth);
      }
      default -> throw new ProtocolException("Protocol error: unknown reply type " + (char) type);
    };
  }

  private List<Reply> items(String line, int perCount, int depth)
      throws IOException, ProtocolException {
    long count = length(line) * perCount;
    List<Reply> items = new ArrayList<>((int) Math.min(count, TRUSTED_ITEMS));
    for (long i = 0; i < count; i++) {
      items.add(read(depth + 1));
    }
    return items;
  }

  private byte[] body(String line) throws IOException, ProtocolException {
    int length = (int) length(line);
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length || in.read() < 0 || in.read() < 0) {
      throw new EOFException("connection closed inside a reply");
    }
    return bytes;
  }

  private static Reply verbatim(byte[] bytes) throws ProtocolException {
    if (bytes.length < 4) {
      throw new ProtocolException("Protocol error: verbatim string without a format");
    }
    return Reply.verbatim(
        new String(bytes, 0, 3, StandardCharsets.US_ASCII),
        new String(bytes, 4, bytes.length - 4, StandardCharsets.UTF_8));
  }

  private String readLine() throws IOException, ProtocolException {
    byte[] line = new byte[32];
    int length = 0;
    for (int b = in.read(); b != '\r'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("connection closed inside a reply");
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) b;
    }
    if (in.read() != '\n') {
      throw new ProtocolException("Protocol error: expected LF after CR");
    }
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static long length(String line) throws ProtocolException {
    long length = number(line);
    if (length < 0 || length > RespLimits.MAX_ARRAY_BYTES) {
      throw new ProtocolException("Protocol error: invalid length " + line);
    }
    return length;
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
