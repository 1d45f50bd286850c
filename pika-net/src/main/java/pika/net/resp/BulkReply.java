package pika.net.resp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A binary-safe string: a range of an array that never changes. Equal to any other BulkReply with
 * the same bytes.
 */
public final class BulkReply implements Reply {
  private final byte[] array;
  private final int offset;
  private final int length;

  BulkReply(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  public int length() {
    return length;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** The bytes decoded as UTF-8. */
  public String text() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public void writeTo(RespWriter out) {
    out.bulk(array, offset, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BulkReply that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return CliText.of(this);
  }
}
