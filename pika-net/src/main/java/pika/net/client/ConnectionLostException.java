package pika.net.client;

import java.io.IOException;

/**
 * The connection is gone, and with it the replies that were outstanding: whether their commands took
 * effect is unknown. Each of them is failed once; commands that come later fail before they are sent.
 */
public final class ConnectionLostException extends IOException {

  private static final long serialVersionUID = 1L;

  ConnectionLostException(IOException cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
