package pika.net.tls;

import org.jspecify.annotations.Nullable;

/** TLS can't be set up with these options; the message says why, for the operator. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1;

  TlsException(String reason) {
    super(reason);
  }

  TlsException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
