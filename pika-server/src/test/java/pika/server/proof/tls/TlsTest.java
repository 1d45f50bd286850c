package pika.server.proof.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.RedisOracle;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;
import pika.server.proof.clients.PatientJedis;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisPooled;

/** The port for TLS: who gets in, how much goes through, and new certificates on the run. */
final class TlsTest {
  private static final int LARGE = 8 << 20;

  @TempDir
  private static Path folder;

  private static Certificate first;
  private static Certificate second;
  private static Certificate client;

  @TempDir
  private Path data;

  private Path certificate;
  private Path key;
  private int port;
  private ServerProcess server;
  private Wire plain;

  @BeforeAll
  static void makeCertificates() throws Exception {
    first = Certificate.make(folder, "first", "RSA");
    second = Certificate.make(folder, "second", "EC");
    client = Certificate.make(folder, "client", "EC");
  }

  @BeforeEach
  void start() throws IOException {
    certificate = Files.copy(first.certificate(), data.resolve("server.crt"));
    key = Files.copy(first.key(), data.resolve("server.key"));
    port = ServerProcess.freePort();
    server = ServerProcess.pika(
        data.resolve("data"),
        "--tls-port",
        "" + port,
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-ca-cert-file",
        client.certificate().toString());
    plain = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    plain.close();
    server.close();
  }

  @Test
  void onlyClientsWithACertificateGetIn() throws Exception {
    try (Wire wire = Wire.over(socket(client.clientOf(first)))) {
      assertThat(wire.ask("SET", "key", "value").text()).isEqualTo("OK");
    }
    assertThatThrownBy(() -> ping(Certificate.strangerTo(first))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ping(second.clientOf(first))).isInstanceOf(IOException.class);

    plain.ask("CONFIG", "SET", "tls-auth-clients", "optional");
    assertThat(ping(Certificate.strangerTo(first))).isEqualTo("PONG");

    plain.ask("CONFIG", "SET", "tls-auth-clients", "no");
    assertThat(ping(second.clientOf(first))).isEqualTo("PONG");
  }

  @Test
  void plainTextIsShownTheDoor() throws Exception {
    try (Wire wire = Wire.connect(port)) {
      wire.send(Command.of("PING")).flush();
      byte[] alert = wire.in().readAllBytes();
      assertThat(new String(alert, StandardCharsets.ISO_8859_1)).doesNotContain("PONG");
    }
    assertThat(plain.ask("PING").text()).isEqualTo("PONG");
  }

  @Test
  void longPipelinesAndLargeValuesGoThrough() throws Exception {
    try (Wire wire = Wire.over(socket(client.clientOf(first)))) {
      List<Command> commands = new ArrayList<>();
      for (int i = 0; i < 100_000; i++) {
        commands.add(Command.of("INCR", "counter"));
      }
      List<RawReply> replies = wire.askAll(commands);
      assertThat(replies.get(99_999).text()).isEqualTo("100000");

      String large = "x".repeat(LARGE);
      assertThat(wire.ask("SET", "large", large).text()).isEqualTo("OK");
      List<Command> reads = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        reads.add(Command.of("GET", "large"));
      }
      assertThat(wire.askAll(reads)).allMatch(reply -> reply.text().equals(large));
    }
  }

  @Test
  void aRenewedCertificateIsTakenUpAndABadOneIsNot() throws Exception {
    try (Wire before = Wire.over(socket(client.clientOf(first)))) {
      replace(second.certificate(), certificate);
      assertThat(plain
              .ask("CONFIG", "SET", "tls-cert-file", certificate.toString())
              .text())
          .startsWith("ERR CONFIG SET failed (possibly related to argument 'tls-cert-file') - ")
          .contains("does not belong to the certificate");
      assertThat(presented()).isEqualTo("CN=first");

      replace(second.key(), key);
      assertThat(plain.ask("CONFIG", "SET", "tls-key-file", key.toString()).text())
          .isEqualTo("OK");
      assertThat(presented()).isEqualTo("CN=second");
      assertThat(before.ask("PING").text()).isEqualTo("PONG");
    }
  }

  @Test
  void jedisSpeaksIt() throws Exception {
    SSLContext context = client.clientOf(first);
    JedisClientConfig config = PatientJedis.config()
        .ssl(true)
        .sslSocketFactory(context.getSocketFactory())
        .build();
    try (JedisPooled jedis = new JedisPooled(new HostAndPort("localhost", port), config)) {
      jedis.set("key", "value");
      assertThat(jedis.get("key")).isEqualTo("value");
    }
  }

  @Test
  void lettuceSpeaksIt() {
    RedisClient lettuce = RedisClient.create(
        RedisURI.builder().withHost("localhost").withPort(port).withSsl(true).build());
    lettuce.setOptions(ClientOptions.builder()
        .sslOptions(SslOptions.builder()
            .jdkSslProvider()
            .keyManager(client.certificate().toFile(), client.key().toFile(), new char[0])
            .trustManager(first.certificate().toFile())
            .build())
        .build());
    try (StatefulRedisConnection<String, String> connection = lettuce.connect()) {
      connection.sync().set("key", "value");
      assertThat(connection.sync().get("key")).isEqualTo("value");
    } finally {
      lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(10));
    }
  }

  @Test
  void redisCliSpeaksIt() throws Exception {
    RedisOracle.assumePresent();
    Process cli = new ProcessBuilder(
            RedisOracle.program("redis-cli"),
            "-p",
            "" + port,
            "--tls",
            "--cacert",
            first.certificate().toString(),
            "--cert",
            client.certificate().toString(),
            "--key",
            client.key().toString(),
            "PING")
        .redirectErrorStream(true)
        .start();
    assertThat(new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("PONG\n");
  }

  private static void replace(Path by, Path file) throws IOException {
    Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private String presented() throws Exception {
    plain.ask("CONFIG", "SET", "tls-auth-clients", "no");
    try (SSLSocket socket = socket(Certificate.strangerTo(first))) {
      return shownBy(socket);
    } catch (SSLException another) {
      try (SSLSocket socket = socket(Certificate.strangerTo(second))) {
        return shownBy(socket);
      }
    }
  }

  private static String shownBy(SSLSocket socket) throws SSLException {
    X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  private String ping(SSLContext context) throws IOException {
    try (Wire wire = Wire.over(socket(context))) {
      return wire.ask("PING").text();
    }
  }

  /** Connected and greeted, as far as the client can tell: in TLS 1.3 a refusal comes later. */
  private SSLSocket socket(SSLContext context) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.startHandshake();
    return socket;
  }
}
