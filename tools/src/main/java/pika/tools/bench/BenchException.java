package pika.tools.bench;

/** A benchmark or one of its cells could not be run; the message is for the user. */
final class BenchException extends Exception {

  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
