package pika.server.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exactly one reply, as the bytes that came over the wire, nested aggregates included. Two replies
 * are equal when every byte is. The accessors read the bytes anew each time: replies of tests are
 * small, or only compared.
 */
public final class RawReply {
  private final byte[] bytes;

  RawReply(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A reply from its bytes, for expectations: {@code RawReply.of("+OK\r\n")}. */
  public static RawReply of(String latin1) {
    return new RawReply(Notation.bytes(latin1));
  }

  public static RawReply integer(long value) {
    return of(":" + value + "\r\n");
  }

  public static RawReply bulk(String latin1) {
    return of("$" + latin1.length() + "\r\n" + latin1 + "\r\n");
  }

  public byte[] bytes() {
    return bytes;
  }

  /** The first byte: {@code + - : $ *} and in RESP3 {@code _ , # ( = ! % ~ > |} as well. */
  public char type() {
    return (char) bytes[0];
  }

  public boolean isError() {
    return type() == '-' || type() == '!';
  }

  public boolean isNil() {
    return type() == '_' || ((type() == '$' || type() == '*') && bytes[1] == '-');
  }

  public boolean isAggregate() {
    return "*%~>".indexOf(type()) >= 0 && !isNil();
  }

  /** What a scalar says; of a bulk its content. */
  public byte[] content() {
    int start = endOfLine(0);
    return switch (type()) {
      case '$', '=', '!' -> Arrays.copyOfRange(bytes, isNil() ? bytes.length : start, bulkEnd());
      default -> Arrays.copyOfRange(bytes, 1, start - 2);
    };
  }

  /** {@link #content} as characters. */
  public String text() {
    return Notation.text(content());
  }

  public long asLong() {
    return Long.parseLong(text());
  }

  /** The members of an aggregate; of a map keys and values in turn. */
  public List<RawReply> elements() {
    List<RawReply> elements = new ArrayList<>();
    int at = endOfLine(0);
    while (isAggregate() && at < bytes.length) {
      int end = endOfReply(at);
      elements.add(new RawReply(Arrays.copyOfRange(bytes, at, end)));
      at = end;
    }
    return elements;
  }

  /** On one line, long strings cut: {@code *[$"a" :5 $nil]}. */
  @Override
  public String toString() {
    return print(true);
  }

  /** {@link #toString} with nothing left out. */
  public String inFull() {
    return print(false);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawReply that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  private String print(boolean abridged) {
    if (isNil()) {
      return type() + (type() == '_' ? "" : "nil");
    }
    if (isAggregate()) {
      List<String> parts = elements().stream().map(e -> e.print(abridged)).toList();
      return type() + "[" + String.join(" ", parts) + "]";
    }
    return switch (type()) {
      case '$', '=', '!' ->
        type() + (abridged ? Notation.abridgedQuoted(content()) : Notation.quoted(content()));
      default -> type() + text();
    };
  }

  private int bulkEnd() {
    return bytes.length - (isNil() ? 0 : 2);
  }

  private int endOfReply(int start) {
    long pending = 1;
    int at = start;
    while (pending > 0) {
      int lineEnd = endOfLine(at);
      pending += RespShape.repliesAfter(bytes, at, lineEnd) - 1;
      at = lineEnd + RespShape.payloadBytes(bytes, at, lineEnd);
    }
    return at;
  }

  private int endOfLine(int at) {
    int end = at;
    while (bytes[end] != '\n') {
      end++;
    }
    return end + 1;
  }
}
