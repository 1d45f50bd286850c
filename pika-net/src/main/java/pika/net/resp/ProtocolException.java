package pika.net.resp;

/**
 * The peer violated the protocol, so nothing that follows on the connection makes sense. The
 * message is Redis' own text ({@code Protocol error: ...}), one char per byte. It has no stack
 * trace, because hostile input must be cheap.
 */
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message, null, false, false);
  }
}
