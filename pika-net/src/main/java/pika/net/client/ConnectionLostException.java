package pika.net.client;

import java.io.IOException;

/**
 * The connection is lost, and with it all outstanding replies; whether their commands took effect
 * is unknown. Each outstanding command fails once; later commands fail before they are sent.
 */
public final class ConnectionLostException extends IOException {

  private static final long serialVersionUID = 1L;

  ConnectionLostException(IOException cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
