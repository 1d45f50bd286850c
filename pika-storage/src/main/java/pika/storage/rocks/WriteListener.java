package pika.storage.rocks;

/** Is told how long writing took, in nanoseconds, on the threads that write; must return at once. */
public interface WriteListener {
  /** For those who don't want to know. */
  WriteListener NONE = new WriteListener() {
    @Override
    public void wrote(long nanos) {}

    @Override
    public void synced(long nanos) {}

    @Override
    public void stalled(long nanos) {}
  };

  /** A batch was written. */
  void wrote(long nanos);

  /** The log was brought to the disk. */
  void synced(long nanos);

  /** RocksDB has held writers back for so long, and no longer does. */
  void stalled(long nanos);
}
