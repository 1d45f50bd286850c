package pika.net.resp;

/**
 * The other side broke the protocol; nothing after it on the connection makes sense. The message is
 * Redis' own words ({@code Protocol error: ...}) and stands for bytes, one char each. Without a
 * stack trace: hostile input must be cheap.
 */
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message, null, false, false);
  }
}
