package pika.storage.rocks;

/**
 * Thrown when the disk or RocksDB fails, or the data directory can't be used. Nothing of the failed
 * step was acknowledged.
 */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what went wrong, in words for an operator
   */
  public StorageException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what went wrong, in words for an operator
   */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
