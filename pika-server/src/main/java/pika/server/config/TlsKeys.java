package pika.server.config;

import static pika.server.config.NumberTypes.integer;
import static pika.server.config.WordTypes.oneOf;
import static pika.server.config.WordTypes.text;
import static pika.server.config.WordTypes.yesNo;

/** The settings of TLS; see {@link ConfigKeys}. They only apply if there is a TLS port. */
public final class TlsKeys {
  static final KeyGroup ROWS = KeyGroup.effective();

  private static final int MAX_INT = Integer.MAX_VALUE;

  /** 0 for none. */
  public static final ConfigKey<Integer> TLS_PORT = ROWS.fixed("tls-port", integer(0, 65535), "0");

  public static final ConfigKey<String> TLS_CERT_FILE = ROWS.file("tls-cert-file");

  public static final ConfigKey<String> TLS_KEY_FILE = ROWS.file("tls-key-file");

  /** Empty for none. */
  public static final ConfigKey<String> TLS_KEY_FILE_PASS =
      ROWS.live("tls-key-file-pass", text(), "");

  public static final ConfigKey<String> TLS_CA_CERT_FILE = ROWS.file("tls-ca-cert-file");

  public static final ConfigKey<String> TLS_CA_CERT_DIR = ROWS.file("tls-ca-cert-dir");

  /** {@code no}, {@code yes} or {@code optional}. */
  public static final ConfigKey<String> TLS_AUTH_CLIENTS =
      ROWS.live("tls-auth-clients", oneOf("no", "yes", "optional"), "yes");

  /** Empty for the secure ones. */
  public static final ConfigKey<String> TLS_PROTOCOLS = ROWS.live("tls-protocols", text(), "");

  public static final ConfigKey<String> TLS_CIPHERS = ROWS.live("tls-ciphers", text(), "");

  public static final ConfigKey<String> TLS_CIPHERSUITES =
      ROWS.live("tls-ciphersuites", text(), "");

  public static final ConfigKey<Boolean> TLS_PREFER_SERVER_CIPHERS =
      ROWS.live("tls-prefer-server-ciphers", yesNo(), "no");

  public static final ConfigKey<Boolean> TLS_SESSION_CACHING =
      ROWS.live("tls-session-caching", yesNo(), "yes");

  public static final ConfigKey<Integer> TLS_SESSION_CACHE_SIZE =
      ROWS.live("tls-session-cache-size", integer(0, MAX_INT), "20480");

  /** Seconds. */
  public static final ConfigKey<Integer> TLS_SESSION_CACHE_TIMEOUT =
      ROWS.live("tls-session-cache-timeout", integer(0, MAX_INT), "300");

  private TlsKeys() {}

  /** Returns all settings that make up a TLS context. */
  public static ConfigKey<?>[] ofContext() {
    return ROWS.keys().stream().filter(key -> key != TLS_PORT).toArray(ConfigKey<?>[]::new);
  }
}
