package pika.tools.bench;

/** A benchmark or one cell of it could not be run; the message is for the person who started it. */
final class BenchException extends Exception {

  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
