package pika.server.script;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.net.resp.RespWriter;
import pika.server.command.CommandException;
import pika.server.script.lua.ValueChunk;

/**
 * Converts replies to Lua values. A reply can only write itself, so it is written and parsed again:
 *
 * <pre>
 *   RESP2   :1 number   $ string   +OK {ok=}   -ERR .. {err=}   * table   $-1 *-1 false
 *   RESP3   also  _ nil   #t boolean   ,1.5 {double=}   % {map={k=v}}   ~ {set={k=true}}   ( {big_number=}
 *           = {verbatim_string={format=, string=}}
 * </pre>
 *
 * <p>Confined to the interpreter's thread.
 */
final class ReplyReader {
  private static final int KEPT_BYTES = 1 << 16;
  /** The maximum size of an array. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private static final String TOO_LARGE =
      "OOM the reply to a command called by the script exceeds the script's memory limit.";

  private final RespWriter writer = new RespWriter(Protocol.RESP2);
  private byte[] bytes = new byte[512];
  private int end;
  private int at;

  /**
   * Reads a reply, written in {@code protocol}; its value is then available from {@link #tell} or
   * {@link #error}.
   */
  void read(Reply reply, Protocol protocol) {
    writer.protocol(protocol);
    reply.writeTo(writer);
    writer.protocol(protocol);
    if (writer.sizeBytes() > MOST_BYTES) {
      writer.clear();
      throw new CommandException(TOO_LARGE);
    }
    int size = (int) writer.sizeBytes();
    if (size > bytes.length || (bytes.length > KEPT_BYTES && size < KEPT_BYTES)) {
      bytes = new byte[Math.max(512, size)];
    }
    end = 0;
    at = 0;
    writer.drainTo(new RespWriter.Sink() {
      @Override
      public void lent(byte[] array, int offset, int length) {
        System.arraycopy(array, offset, bytes, end, length);
        end += length;
      }

      @Override
      public void kept(byte[] array, int offset, int length) {
        lent(array, offset, length);
      }
    });
  }

  boolean isError() {
    return end > 0 && bytes[0] == '-';
  }

  boolean isInteger() {
    return end > 0 && bytes[0] == ':';
  }

  long integer() {
    at = 1;
    return number();
  }

  String error() {
    at = 1;
    return line();
  }

  /** Appends the value to a chunk; its strings are in this reader until the next reply. */
  void tell(ValueChunk to) {
    if (end == 0) {
      to.bool(false);
      return;
    }
    at = 0;
    value(to);
  }

  private void value(ValueChunk to) {
    switch (bytes[at++]) {
      case '+' -> single(to, "ok");
      case '-' -> single(to, "err");
      case ':' -> to.number((double) number());
      case '$' -> {
        int length = (int) number();
        if (length < 0) {
          to.bool(false);
        } else {
          to.string(bytes, at, length);
          at += length + 2;
        }
      }
      case '*', '>' -> {
        int count = (int) number();
        if (count < 0) {
          to.bool(false);
        } else {
          to.beginTable(count, 0);
          for (int i = 0; i < count; i++) {
            value(to);
          }
          to.endTable();
        }
      }
      case '_' -> {
        line();
        to.nil();
      }
      case '#' -> to.bool(line().equals("t"));
      case ',' -> {
        begin(to, "double");
        to.number(decimal(line()));
        to.endTable();
      }
      case '(' -> single(to, "big_number");
      case '=' -> verbatim(to);
      case '%' -> {
        int pairs = (int) number();
        begin(to, "map");
        to.beginTable(0, pairs);
        for (int i = 0; i < pairs; i++) {
          to.beginField();
          value(to);
          value(to);
        }
        to.endTable();
        to.endTable();
      }
      case '~' -> {
        int count = (int) number();
        begin(to, "set");
        to.beginTable(0, count);
        for (int i = 0; i < count; i++) {
          to.beginField();
          value(to);
          to.bool(true);
        }
        to.endTable();
        to.endTable();
      }
      case '|' -> {
        // Attributes are hidden from scripts.
        skip(2 * (int) number());
        value(to);
      }
      default -> throw new IllegalStateException("unknown reply: " + (char) bytes[at - 1]);
    }
  }

  private void skip(int values) {
    for (int i = 0; i < values; i++) {
      switch (bytes[at++]) {
        case '$', '=' -> {
          int length = (int) number();
          at += length < 0 ? 0 : length + 2;
        }
        case '*', '~', '>' -> skip((int) number());
        case '%', '|' -> skip(2 * (int) number());
        default -> skipLine();
      }
    }
  }

  private void verbatim(ValueChunk to) {
    int length = (int) number();
    begin(to, "verbatim_string");
    to.beginTable(0, 2);
    to.beginField();
    to.string("format");
    to.string(bytes, at, 3);
    to.beginField();
    to.string("string");
    to.string(bytes, at + 4, length - 4);
    to.endTable();
    to.endTable();
    at += length + 2;
  }

  private void single(ValueChunk to, String field) {
    begin(to, field);
    int start = at;
    skipLine();
    to.string(bytes, start, at - 2 - start);
    to.endTable();
  }

  private static void begin(ValueChunk to, String field) {
    to.beginTable(0, 1);
    to.beginField();
    to.string(field);
  }

  private static double decimal(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan", "-nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private long number() {
    boolean negative = bytes[at] == '-';
    if (negative) {
      at++;
    }
    long value = 0;
    while (bytes[at] != '\r') {
      value = value * 10 - (bytes[at++] - '0');
    }
    at += 2;
    return negative ? value : -value;
  }

  private String line() {
    int start = at;
    skipLine();
    return new String(Arrays.copyOfRange(bytes, start, at - 2), StandardCharsets.ISO_8859_1);
  }

  private void skipLine() {
    while (bytes[at] != '\r') {
      at++;
    }
    at += 2;
  }
}
