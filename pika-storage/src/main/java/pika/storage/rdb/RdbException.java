package pika.storage.rdb;

/** Bytes that should be a value are none. An answer to a user's mistake: no stack trace. */
public final class RdbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RdbException(String what) {
    super(what, null, false, false);
  }
}
