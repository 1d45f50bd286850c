package pika.net.tls;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of TLS. Files are not read until {@link TlsContext#load}. */
public record TlsOptions(Identity identity, Peers peers, Strength strength, Sessions sessions) {

  /**
   * The server's identity.
   *
   * @param certificates the server's certificate, then the intermediate certificates; PEM
   * @param key its private key; PEM: PKCS#8 (also encrypted), PKCS#1 (RSA) or SEC1 (EC)
   * @param keyPassword the password of an encrypted key
   */
  public record Identity(
      Path certificates, Path key, @Nullable String keyPassword) {}

  /**
   * How clients are authenticated.
   *
   * @param authorities a PEM file of the CA certificates trusted for clients, or null
   * @param authorityFolder a folder of such files, or null
   */
  public record Peers(
      ClientCertificate certificate,
      @Nullable Path authorities,
      @Nullable Path authorityFolder) {}

  /** Whether a client presents a certificate. One that is presented must always be trusted. */
  public enum ClientCertificate {
    NOT_ASKED,
    OPTIONAL,
    REQUIRED
  }

  /**
   * Protocol versions and ciphers.
   *
   * @param protocols {@code TLSv1.2}, {@code TLSv1.3}; empty for both
   * @param ciphers for TLS 1.2, a list in OpenSSL's syntax; empty for Java's defaults
   * @param suites for TLS 1.3, separated by colons; empty for Java's defaults
   */
  public record Strength(
      List<String> protocols, String ciphers, String suites, CipherChoice choice) {

    public Strength {
      protocols = List.copyOf(protocols);
    }
  }

  /** Whose order of ciphers is preferred. */
  public enum CipherChoice {
    CLIENT_FIRST,
    SERVER_FIRST
  }

  /**
   * The session cache.
   *
   * @param count the number of sessions kept; 0 is no limit
   * @param seconds how long they are kept; 0 is forever
   */
  public record Sessions(Resumption resumption, int count, int seconds) {}

  /** Whether a client may resume an earlier session, which saves most of the handshake. */
  public enum Resumption {
    ALLOWED,
    REFUSED
  }
}
