package pika.net.resp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Encodes replies in the protocol that the connection speaks. Confined to one thread; an event loop
 * uses one writer for all its connections in turn.
 *
 * <p>Small parts are copied into a base chunk that is reused after {@link #drainTo}. A reply that
 * outgrows it continues in fresh chunks, and a bulk string above {@link #COPY_LIMIT_BYTES} is not
 * copied but kept as a range of its own array, so a reply of any size costs the writer only its
 * small parts.
 *
 * <pre>
 *   base chunk          the value's own array      base chunk
 *   [$300000\r\n]       [............... ]         [\r\n:1\r\n        ...free... ]
 *    lent                kept                       lent, from start to end
 * </pre>
 */
public final class RespWriter {

  /** The destination of the bytes; ranges arrive in order. */
  public interface Sink {
    /** Bytes that are valid only during the call. */
    void lent(byte[] array, int offset, int length);

    /** Bytes that never change, so they can be kept and sent later without a copy. */
    void kept(byte[] array, int offset, int length);
  }

  /** Up to this size, copying is cheaper than keeping a separate range. */
  static final int COPY_LIMIT_BYTES = 16 * 1024;

  private static final int CHUNK_BYTES = 64 * 1024;
  /** Most messages fit into this. */
  private static final int MESSAGE_BYTES = 256;
  /** Room for a type byte, the longest number and two line breaks. */
  private static final int HEADER_BYTES = 32;

  /** A range of the output. */
  record Range(byte[] array, int offset, int length) {}

  private final byte[] base;
  private final ArrayDeque<Range> closed = new ArrayDeque<>();
  private long closedBytes;
  private byte[] chunk;
  private int start;
  private int end;
  private Protocol protocol;

  public RespWriter(Protocol protocol) {
    this(protocol, CHUNK_BYTES);
  }

  private RespWriter(Protocol protocol, int baseBytes) {
    this.protocol = protocol;
    this.base = new byte[baseBytes];
    this.chunk = base;
  }

  /**
   * A writer for a single reply that is most likely short: zeroing a large chunk would cost more.
   */
  static RespWriter forMessage(Protocol protocol) {
    return new RespWriter(protocol, MESSAGE_BYTES);
  }

  public Protocol protocol() {
    return protocol;
  }

  /** Sets the protocol of everything written from here on. */
  public void protocol(Protocol newProtocol) {
    this.protocol = newProtocol;
  }

  /** Bytes written since the last {@link #drainTo}. */
  public long sizeBytes() {
    return closedBytes + (end - start);
  }

  /** Passes everything written so far to {@code sink}, in order, and resets the writer. */
  public void drainTo(Sink sink) {
    for (Range range = closed.poll(); range != null; range = closed.poll()) {
      if (range.array == base) {
        sink.lent(range.array, range.offset, range.length);
      } else {
        sink.kept(range.array, range.offset, range.length);
      }
    }
    if (end > start) {
      if (chunk == base) {
        sink.lent(chunk, start, end - start);
      } else {
        sink.kept(chunk, start, end - start);
      }
    }
    clear();
  }

  /** Discards what was written, if its connection is closed. */
  public void clear() {
    closed.clear();
    closedBytes = 0;
    chunk = base;
    start = 0;
    end = 0;
  }

  /** Everything written so far, without a copy; the writer must not be used afterwards. */
  List<Range> finish() {
    closeRange();
    return List.copyOf(closed);
  }

  /** Everything written so far in one array; resets the writer like {@link #drainTo}. */
  byte[] toByteArray() {
    byte[] all = new byte[Math.toIntExact(sizeBytes())];
    drainTo(new Sink() {
      private int at;

      @Override
      public void lent(byte[] array, int offset, int length) {
        System.arraycopy(array, offset, all, at, length);
        at += length;
      }

      @Override
      public void kept(byte[] array, int offset, int length) {
        lent(array, offset, length);
      }
    });
    return all;
  }

  public void simple(String text) {
    line('+', text);
  }

  public void error(String text) {
    line('-', text);
  }

  public void integer(long value) {
    header(':', value);
  }

  public void bulk(byte[] bytes, int offset, int length) {
    header('$', length);
    bytes(bytes, offset, length);
    lineBreak();
  }

  public void nullValue() {
    raw(protocol == Protocol.RESP3 ? NULL3 : NULL2);
  }

  public void nullArray() {
    raw(protocol == Protocol.RESP3 ? NULL3 : NULL_ARRAY2);
  }

  /** Starts an array; {@code count} replies must follow. */
  public void arrayHeader(long count) {
    header('*', count);
  }

  /** Starts a map; {@code pairs} keys must follow, each with its value. */
  public void mapHeader(int pairs) {
    if (protocol == Protocol.RESP3) {
      header('%', pairs);
    } else {
      header('*', 2L * pairs);
    }
  }

  public void setHeader(int count) {
    header(protocol == Protocol.RESP3 ? '~' : '*', count);
  }

  public void pushHeader(int count) {
    header(protocol == Protocol.RESP3 ? '>' : '*', count);
  }

  public void doubleValue(double value) {
    decimal(DoubleText.of(value));
  }

  /** A double that is already formatted. */
  public void decimal(String text) {
    if (protocol == Protocol.RESP3) {
      line(',', text);
    } else {
      asciiBulk(text);
    }
  }

  public void bool(boolean value) {
    if (protocol == Protocol.RESP3) {
      line('#', value ? "t" : "f");
    } else {
      header(':', value ? 1 : 0);
    }
  }

  public void bigNumber(String digits) {
    if (protocol == Protocol.RESP3) {
      line('(', digits);
    } else {
      asciiBulk(digits);
    }
  }

  /** {@code format} has three letters. */
  public void verbatim(String format, byte[] text) {
    if (protocol == Protocol.RESP2) {
      bulk(text, 0, text.length);
      return;
    }
    header('=', text.length + 4L);
    ascii(format);
    reserve(1);
    chunk[end++] = ':';
    bytes(text, 0, text.length);
    lineBreak();
  }

  /** Bytes that are already encoded in the right protocol. */
  public void raw(byte[] bytes) {
    bytes(bytes, 0, bytes.length);
  }

  /** A range of such bytes, which never change. */
  void raw(byte[] bytes, int offset, int length) {
    bytes(bytes, offset, length);
  }

  private static final byte[] NULL2 = "$-1\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL_ARRAY2 = "*-1\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL3 = "_\r\n".getBytes(StandardCharsets.US_ASCII);

  private void asciiBulk(String text) {
    header('$', text.length());
    ascii(text);
    lineBreak();
  }

  private void line(char type, String text) {
    reserve(HEADER_BYTES);
    chunk[end++] = (byte) type;
    ascii(text);
    lineBreak();
  }

  private void header(char type, long number) {
    reserve(HEADER_BYTES);
    chunk[end++] = (byte) type;
    end = Decimal.put(number, chunk, end);
    chunk[end++] = '\r';
    chunk[end++] = '\n';
  }

  private void lineBreak() {
    reserve(2);
    chunk[end++] = '\r';
    chunk[end++] = '\n';
  }

  private void ascii(String text) {
    int length = text.length();
    if (length > COPY_LIMIT_BYTES) {
      raw(text.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    reserve(length);
    for (int i = 0; i < length; i++) {
      chunk[end++] = (byte) text.charAt(i);
    }
  }

  private void bytes(byte[] bytes, int offset, int length) {
    if (length > COPY_LIMIT_BYTES) {
      closeRange();
      close(new Range(bytes, offset, length));
      return;
    }
    reserve(length);
    System.arraycopy(bytes, offset, chunk, end, length);
    end += length;
  }

  /**
   * Makes room for {@code length} bytes at {@code end}; at most {@link #COPY_LIMIT_BYTES}.
   */
  private void reserve(int length) {
    if (chunk.length - end < length) {
      closeRange();
      chunk = new byte[Math.max(length, Math.min(CHUNK_BYTES, 4 * chunk.length))];
      start = 0;
      end = 0;
    }
  }

  private void closeRange() {
    if (end > start) {
      close(new Range(chunk, start, end - start));
      start = end;
    }
  }

  private void close(Range range) {
    closed.add(range);
    closedBytes += range.length;
  }
}
