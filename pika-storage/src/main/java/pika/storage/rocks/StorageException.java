package pika.storage.rocks;

/** The disk or RocksDB failed, or the data directory can't be used. Nothing of the failed step was acknowledged. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, in words for an operator. */
  public StorageException(String message) {
    super(message);
  }

  /** What went wrong, and what it came from. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
