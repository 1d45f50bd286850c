package pika.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import pika.net.tls.TlsOptions.CipherChoice;
import pika.net.tls.TlsOptions.ClientCertificate;
import pika.net.tls.TlsOptions.Identity;
import pika.net.tls.TlsOptions.Peers;
import pika.net.tls.TlsOptions.Resumption;
import pika.net.tls.TlsOptions.Sessions;
import pika.net.tls.TlsOptions.Strength;

/**
 * The server side of TLS: certificates, keys and rules, read once and immutable. A connection keeps
 * the context it started with. Safe for use by any thread.
 *
 * <p>Uses Java's own TLS implementation, so there is no native library to match.
 */
public final class TlsContext {
  /** A client that has not finished its handshake by then is disconnected. */
  private static final int HANDSHAKE_SECONDS = 10;

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

  private final SslContext context;
  private final CipherChoice choice;

  private TlsContext(SslContext context, CipherChoice choice) {
    this.context = context;
    this.choice = choice;
  }

  /**
   * Reads all files and checks that they fit together.
   *
   * @throws TlsException with the reason if they are unusable
   */
  public static TlsContext load(TlsOptions options) throws TlsException {
    try {
      SslContextBuilder builder = identified(options.identity());
      trust(builder, options.peers());
      strengthen(builder, options.strength());
      remember(builder, options.sessions());
      return new TlsContext(builder.build(), options.strength().choice());
    } catch (SSLException | IllegalArgumentException | GeneralSecurityException e) {
      throw new TlsException("cannot set up TLS: " + e.getMessage(), e);
    }
  }

  /** The handler of one connection; {@code tasks} runs the expensive parts of its handshake. */
  public SslHandler handler(ByteBufAllocator allocator, Executor tasks) {
    SSLEngine engine = context.newEngine(allocator);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setUseCipherSuitesOrder(choice == CipherChoice.SERVER_FIRST);
    engine.setSSLParameters(parameters);
    SslHandler handler = new SslHandler(engine, tasks);
    handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
    return handler;
  }

  private static SslContextBuilder identified(Identity identity) throws TlsException {
    List<X509Certificate> chain = PemFile.read(identity.certificates()).certificates();
    PrivateKey key = PemKey.read(identity.key(), identity.keyPassword());
    if (!KeyProof.isPair(key, chain.get(0).getPublicKey())) {
      throw new TlsException("the key of " + identity.key() + " does not belong to the certificate"
          + " of " + identity.certificates());
    }
    return SslContextBuilder.forServer(key, chain).sslProvider(SslProvider.JDK);
  }

  private static void trust(SslContextBuilder builder, Peers peers) throws TlsException {
    if (peers.certificate() == ClientCertificate.NOT_ASKED) {
      return;
    }
    Path file = peers.authorities();
    Path folder = peers.authorityFolder();
    List<X509Certificate> trusted = new ArrayList<>();
    if (file != null) {
      trusted.addAll(PemFile.read(file).certificates());
    }
    if (folder != null) {
      trusted.addAll(PemFile.certificatesIn(folder));
    }
    if (trusted.isEmpty()) {
      throw new TlsException(
          "set tls-ca-cert-file or tls-ca-cert-dir, or set tls-auth-clients to no");
    }
    builder.trustManager(trusted);
    builder.clientAuth(
        peers.certificate() == ClientCertificate.REQUIRED
            ? ClientAuth.REQUIRE
            : ClientAuth.OPTIONAL);
  }

  private static void strengthen(SslContextBuilder builder, Strength strength)
      throws TlsException, GeneralSecurityException {
    List<String> protocols =
        strength.protocols().isEmpty() ? List.of("TLSv1.3", "TLSv1.2") : strength.protocols();
    for (String protocol : protocols) {
      if (!PROTOCOLS.contains(protocol)) {
        throw new TlsException(
            "Invalid tls-protocols: " + protocol + ". Use TLSv1.2, TLSv1.3 or both.");
      }
    }
    builder.protocols(protocols);
    List<String> offered =
        Arrays.asList(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
    List<String> usual =
        Arrays.asList(SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites());
    List<String> chosen = new ArrayList<>(suites(strength, usual));
    chosen.addAll(
        strength.ciphers().isEmpty()
            ? usual.stream().filter(suite -> !CipherList.isTls13(suite)).toList()
            : CipherList.choose(
                strength.ciphers(), strength.ciphers().contains("ALL") ? offered : usual));
    if (chosen.stream().map(TlsContext::protocolOf).noneMatch(protocols::contains)) {
      throw new TlsException("no usable cipher is left by tls-ciphers and tls-ciphersuites");
    }
    builder.ciphers(chosen);
  }

  private static String protocolOf(String suite) {
    return CipherList.isTls13(suite) ? "TLSv1.3" : "TLSv1.2";
  }

  private static List<String> suites(Strength strength, List<String> usual) throws TlsException {
    List<String> known = usual.stream().filter(CipherList::isTls13).toList();
    if (strength.suites().isEmpty()) {
      return known;
    }
    List<String> chosen =
        Arrays.stream(strength.suites().split(":", -1)).filter(known::contains).toList();
    if (chosen.isEmpty()) {
      throw new TlsException(
          "tls-ciphersuites must name at least one of " + String.join(":", known));
    }
    return chosen;
  }

  /** Java cannot be told to keep no session; one session for one second comes close. */
  private static void remember(SslContextBuilder builder, Sessions sessions) {
    boolean allowed = sessions.resumption() == Resumption.ALLOWED;
    builder.sessionCacheSize(allowed ? sessions.count() : 1);
    builder.sessionTimeout(allowed ? sessions.seconds() : 1);
  }
}
