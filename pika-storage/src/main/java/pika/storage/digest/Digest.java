package pika.storage.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import pika.storage.bytes.Slice;

/**
 * A 20-byte digest that data is combined into, with or without regard to order. Confined to one
 * thread.
 *
 * <pre>
 * add(data)      state := state xor SHA1(data)             the same in any order
 * append(data)   state := SHA1(state xor SHA1(data))       depends on the order
 * </pre>
 */
final class Digest {
  private final MessageDigest sha1;
  private final byte[] state = new byte[20];

  /** Creates a digest of zeros. */
  Digest() {
    try {
      this.sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** Adds another digest, hashed again. */
  void add(Digest other) {
    add(other.state, 0, other.state.length);
  }

  void add(Slice data) {
    add(data.array(), data.offset(), data.length());
  }

  void add(String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.ISO_8859_1);
    add(bytes, 0, bytes.length);
  }

  void append(Slice data) {
    add(data);
    settle();
  }

  void append(String ascii) {
    add(ascii);
    settle();
  }

  void append(int number) {
    add(ByteBuffer.allocate(Integer.BYTES).putInt(number).array(), 0, Integer.BYTES);
    settle();
  }

  /** Returns forty hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(state);
  }

  private void add(byte[] array, int offset, int length) {
    sha1.update(array, offset, length);
    byte[] hash = sha1.digest();
    for (int i = 0; i < state.length; i++) {
      state[i] ^= hash[i];
    }
  }

  private void settle() {
    byte[] hash = sha1.digest(state);
    System.arraycopy(hash, 0, state, 0, state.length);
  }
}
