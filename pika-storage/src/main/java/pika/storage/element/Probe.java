package pika.storage.element;

/** A membership test; see {@link Elements#probe}. To be closed by whoever opened it. */
public interface Probe extends AutoCloseable {
  /** Returns whether the element exists. */
  boolean contains(byte[] name);

  @Override
  void close();
}
