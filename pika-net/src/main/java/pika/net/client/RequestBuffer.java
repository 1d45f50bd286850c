package pika.net.client;

import java.nio.ByteBuffer;

/**
 * Commands encoded back to back into a buffer of fixed length, which never grows or moves. Not
 * thread-safe.
 */
final class RequestBuffer {

  /** A type, ten digits and a line break. */
  private static final int MAX_HEADER_BYTES = 13;

  private final byte[] bytes;
  private int end;
  private int commands;

  RequestBuffer(int capacityBytes) {
    this.bytes = new byte[capacityBytes];
  }

  /** An upper bound of the encoded size of {@code command}. */
  static long encodedBytes(byte[][] command) {
    long size = MAX_HEADER_BYTES;
    for (byte[] argument : command) {
      size += encodedBytes(argument);
    }
    return size;
  }

  /** An upper bound of the encoded size of {@code argument}. */
  static long encodedBytes(byte[] argument) {
    return MAX_HEADER_BYTES + argument.length + 2L;
  }

  int capacityBytes() {
    return bytes.length;
  }

  boolean hasRoom(long size) {
    return size <= bytes.length - end;
  }

  boolean isEmpty() {
    return end == 0;
  }

  /** The number of whole commands in the buffer. */
  int commands() {
    return commands;
  }

  int sizeBytes() {
    return end;
  }

  /** Appends a command; there must be room for it. */
  void putCommand(byte[][] command) {
    putHeader('*', command.length);
    for (byte[] argument : command) {
      putHeader('$', argument.length);
      putBytes(argument);
      putLineBreak();
    }
    commands++;
  }

  void putHeader(char type, int number) {
    bytes[end++] = (byte) type;
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int rest = number;
    for (int at = end + digits - 1; at >= end; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    end += digits;
    putLineBreak();
  }

  void putBytes(byte[] argument) {
    System.arraycopy(argument, 0, bytes, end, argument.length);
    end += argument.length;
  }

  void putLineBreak() {
    bytes[end++] = '\r';
    bytes[end++] = '\n';
  }

  /** The content, not a copy; write it before putting anything else. */
  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, end);
  }

  void clear() {
    end = 0;
    commands = 0;
  }
}
