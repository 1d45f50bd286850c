package pika.server;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.server.NetServer;
import pika.net.tls.TlsContext;
import pika.net.tls.TlsException;
import pika.net.tls.TlsOptions;
import pika.net.tls.TlsOptions.CipherChoice;
import pika.net.tls.TlsOptions.ClientCertificate;
import pika.net.tls.TlsOptions.Identity;
import pika.net.tls.TlsOptions.Peers;
import pika.net.tls.TlsOptions.Resumption;
import pika.net.tls.TlsOptions.Sessions;
import pika.net.tls.TlsOptions.Strength;
import pika.server.config.Config;
import pika.server.config.ConfigException;
import pika.server.config.TlsKeys;

/** Maps the configuration to TLS contexts. */
final class TlsSetup {
  private TlsSetup() {}

  /**
   * Loads the configured files; returns null without a TLS port, whatever else is configured.
   *
   * @throws ConfigException if the server could not serve with them
   */
  static @Nullable TlsContext context(Config config) {
    if (config.get(TlsKeys.TLS_PORT) == 0) {
      return null;
    }
    try {
      return TlsContext.load(options(config));
    } catch (TlsException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  static void renew(NetServer net, Config config) {
    TlsContext context = context(config);
    if (context != null) {
      net.tls(context);
    }
  }

  private static TlsOptions options(Config config) {
    return new TlsOptions(identity(config), peers(config), strength(config), sessions(config));
  }

  private static Identity identity(Config config) {
    Path certificates = path(config.get(TlsKeys.TLS_CERT_FILE));
    Path key = path(config.get(TlsKeys.TLS_KEY_FILE));
    if (certificates == null) {
      throw new ConfigException("tls-port requires tls-cert-file");
    }
    String password = config.get(TlsKeys.TLS_KEY_FILE_PASS);
    // As in Redis, the key may be in the certificate's file.
    return new Identity(
        certificates, key == null ? certificates : key, password.isEmpty() ? null : password);
  }

  private static Peers peers(Config config) {
    ClientCertificate certificate = switch (config.get(TlsKeys.TLS_AUTH_CLIENTS)) {
      case "no" -> ClientCertificate.NOT_ASKED;
      case "optional" -> ClientCertificate.OPTIONAL;
      default -> ClientCertificate.REQUIRED;
    };
    return new Peers(
        certificate,
        path(config.get(TlsKeys.TLS_CA_CERT_FILE)),
        path(config.get(TlsKeys.TLS_CA_CERT_DIR)));
  }

  private static Strength strength(Config config) {
    String protocols = config.get(TlsKeys.TLS_PROTOCOLS).strip();
    return new Strength(
        protocols.isEmpty() ? List.of() : List.of(protocols.split("[ ,]+", -1)),
        config.get(TlsKeys.TLS_CIPHERS),
        config.get(TlsKeys.TLS_CIPHERSUITES),
        config.get(TlsKeys.TLS_PREFER_SERVER_CIPHERS)
            ? CipherChoice.SERVER_FIRST
            : CipherChoice.CLIENT_FIRST);
  }

  private static Sessions sessions(Config config) {
    return new Sessions(
        config.get(TlsKeys.TLS_SESSION_CACHING) ? Resumption.ALLOWED : Resumption.REFUSED,
        config.get(TlsKeys.TLS_SESSION_CACHE_SIZE),
        config.get(TlsKeys.TLS_SESSION_CACHE_TIMEOUT));
  }

  private static @Nullable Path path(String text) {
    return text.isEmpty() ? null : Path.of(text);
  }
}
