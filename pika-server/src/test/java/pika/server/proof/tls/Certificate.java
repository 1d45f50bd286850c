package pika.server.proof.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A key and the certificate that vouches for itself, made by the JDK's keytool.
 *
 * @param store both as PKCS#12, for clients in Java; the password is {@link #PASSWORD}
 */
record Certificate(Path store, Path certificate, Path key) {
  static final String PASSWORD = "changeit";

  private static final int LINE = 64;

  /** {@code algorithm} is RSA or EC. */
  static Certificate make(Path folder, String name, String algorithm) throws Exception {
    Path store = folder.resolve(name + ".p12");
    run(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        algorithm,
        "-dname",
        "CN=" + name,
        "-ext",
        "SAN=DNS:localhost,IP:127.0.0.1",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        store.toString()));
    KeyStore loaded = load(store);
    Key key = loaded.getKey(name, PASSWORD.toCharArray());
    return new Certificate(
        store,
        pem(
            folder.resolve(name + ".crt"),
            "CERTIFICATE",
            loaded.getCertificate(name).getEncoded()),
        pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded()));
  }

  /** A client that shows this certificate and trusts {@code server} alone. */
  SSLContext clientOf(Certificate server) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(store), PASSWORD.toCharArray());
    return context(keys, server);
  }

  /** A client that shows none. */
  static SSLContext strangerTo(Certificate server) throws Exception {
    return context(null, server);
  }

  private static SSLContext context(@Nullable KeyManagerFactory keys, Certificate server)
      throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD.toCharArray());
    KeyStore theirs = load(server.store);
    String alias = theirs.aliases().nextElement();
    trusted.setCertificateEntry(alias, theirs.getCertificate(alias));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load(Path store) throws Exception {
    KeyStore loaded = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      loaded.load(in, PASSWORD.toCharArray());
    }
    return loaded;
  }

  private static Path pem(Path file, String label, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
  }

  private static void run(List<String> line) throws Exception {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(line + " failed:\n" + printed);
    }
  }
}
