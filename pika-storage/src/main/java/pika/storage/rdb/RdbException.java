package pika.storage.rdb;

/** Thrown for bytes that are no valid value. A user's mistake: has no stack trace. */
public final class RdbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RdbException(String what) {
    super(what, null, false, false);
  }
}
