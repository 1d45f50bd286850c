package pika.tools.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import pika.net.client.Client;
import pika.net.client.ClientOptions;
import pika.net.resp.ErrorReply;
import pika.net.resp.Reply;

/** The server to connect to: the options shared by tools for a running server, as in redis-cli. */
public final class Endpoint {

  /** A compaction or a full disk may stall a server for long; only a dead one is silent longer. */
  private static final ClientOptions PATIENT =
      ClientOptions.DEFAULT.replyTimeoutMs(TimeUnit.MINUTES.toMillis(10));

  private static final int MAX_PORT = 65_535;

  @Option(
      names = {"-h", "--host"},
      scope = ScopeType.INHERIT,
      paramLabel = "HOST",
      description = "Host of the server. Default: ${DEFAULT-VALUE}.",
      defaultValue = "127.0.0.1")
  private String host = "";

  @Option(
      names = {"-p", "--port"},
      scope = ScopeType.INHERIT,
      paramLabel = "PORT",
      description = "Port of the server. Default: ${DEFAULT-VALUE}.",
      defaultValue = "9221")
  private int port;

  @Option(
      names = "--user",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "ACL user name.")
  private @Nullable String user;

  @Option(
      names = {"-a", "--pass"},
      scope = ScopeType.INHERIT,
      paramLabel = "PASSWORD",
      description = "Password. Default: the environment variable REDISCLI_AUTH.")
  private @Nullable String password;

  @Option(
      names = {"-n", "--db"},
      scope = ScopeType.INHERIT,
      paramLabel = "NUMBER",
      description = "Logical database. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  private int database;

  /**
   * Connects, authenticates and selects the database.
   *
   * @throws IOException if the server cannot be reached or rejects the password or the database
   */
  public Client connect() throws IOException {
    Client client = open();
    try {
      String secret = password != null ? password : System.getenv("REDISCLI_AUTH");
      if (secret != null) {
        expectOk(user == null ? client.call("AUTH", secret) : client.call("AUTH", user, secret));
      }
      if (database != 0) {
        expectOk(client.call("SELECT", Integer.toString(database)));
      }
      return client;
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private Client open() throws IOException {
    if (port < 0 || port > MAX_PORT) {
      throw new IOException("--port must be between 0 and " + MAX_PORT);
    }
    try {
      return Client.connect(new InetSocketAddress(host, port), PATIENT);
    } catch (IOException e) {
      throw new IOException("cannot reach " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  private static void expectOk(Reply reply) throws IOException {
    if (reply instanceof ErrorReply error) {
      throw new IOException(error.text());
    }
  }
}
