package pika.storage.string;

/** Bytes that can be read at any position. */
public interface BytesAt {
  /** Fills {@code target} with the bytes from {@code position} on; zeros where there are none. */
  void read(long position, byte[] target);
}
