package pika.storage.element;

/** Tells whether elements are there; see {@link Elements#probe}. To be closed by who has asked for it. */
public interface Probe extends AutoCloseable {
  /** Whether there is an element of that name. */
  boolean contains(byte[] name);

  @Override
  void close();
}
