package pika.server.config;

/**
 * Thrown for a value that its setting rejects. The message is the reason in Redis' words, without
 * the key.
 */
final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  BadValueException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
