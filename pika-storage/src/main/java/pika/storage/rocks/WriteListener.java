package pika.storage.rocks;

/** Told how long writes take, in nanoseconds, on the writing threads; must return quickly. */
public interface WriteListener {
  /** Ignores everything. */
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

  /** The log was synced. */
  void synced(long nanos);

  /** RocksDB has held writers back for this long, and no longer does. */
  void stalled(long nanos);
}
