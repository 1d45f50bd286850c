package pika.net.tls;

import org.jspecify.annotations.Nullable;

/** TLS cannot be set up with these options. The message tells the operator why. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1;

  TlsException(String reason) {
    super(reason);
  }

  TlsException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
