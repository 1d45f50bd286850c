package pika.net.tls;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything TLS can be told. What the files hold is not looked at before {@link TlsContext}. */
public record TlsOptions(Identity identity, Peers peers, Strength strength, Sessions sessions) {

  /**
   * Who the server is.
   *
   * @param certificates the server's certificate, then those that lead to its root; PEM
   * @param key its private key; PEM: PKCS#8, also encrypted, PKCS#1 (RSA) or SEC1 (EC)
   * @param keyPassword for an encrypted key
   */
  public record Identity(
      Path certificates, Path key, @Nullable String keyPassword) {}

  /**
   * Who clients are.
   *
   * @param authorities a file of certificates that may vouch for clients, or null
   * @param authorityFolder a folder of such files, or null
   */
  public record Peers(
      ClientCertificate certificate,
      @Nullable Path authorities,
      @Nullable Path authorityFolder) {}

  /** Whether a client shows a certificate. One that it shows must be vouched for in any case. */
  public enum ClientCertificate {
    NOT_ASKED,
    OPTIONAL,
    REQUIRED
  }

  /**
   * How to talk.
   *
   * @param protocols {@code TLSv1.2}, {@code TLSv1.3}; empty for both
   * @param ciphers for TLS 1.2, a list in OpenSSL's spelling, or empty for the platform's choice
   * @param suites for TLS 1.3, between colons, or empty
   */
  public record Strength(
      List<String> protocols, String ciphers, String suites, CipherChoice choice) {

    public Strength {
      protocols = List.copyOf(protocols);
    }
  }

  /** Whose order of ciphers counts. */
  public enum CipherChoice {
    CLIENT_FIRST,
    SERVER_FIRST
  }

  /**
   * What clients may resume.
   *
   * @param count sessions that are remembered; 0 remembers as many as there are
   * @param seconds how long; 0 for ever
   */
  public record Sessions(Resumption resumption, int count, int seconds) {}

  /** Whether a client may take up an earlier session, which saves most of the handshake. */
  public enum Resumption {
    ALLOWED,
    REFUSED
  }
}
