package pika.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pika.net.resp.RespLimits;
import pika.net.server.BindAddress;
import pika.net.server.ClientClass;
import pika.net.server.Connection;
import pika.net.server.ConnectionOptions;
import pika.net.server.NetOptions;
import pika.net.server.OutputLimit;
import pika.server.acl.Users;
import pika.server.config.Config;
import pika.server.config.ConfigException;
import pika.server.config.ConfigKeys;
import pika.server.config.OutputLimits;
import pika.server.config.TlsKeys;
import pika.server.info.OpenFiles;

/** Maps the configuration to the network layer's options. */
final class NetSetup {
  private static final String PROTECTED =
      "DENIED Redis is running in protected mode because protected mode is enabled and no password"
          + " is set for the default user. In this mode connections are only accepted from the"
          + " loopback interface. If you want to connect from external computers, set a password"
          + " (requirepass), or disable protected mode with CONFIG SET protected-mode no from the"
          + " server's own machine, or in the configuration file, or with --protected-mode no.";

  private NetSetup() {}

  static NetOptions options(Config config, int loops, MemoryBudget budget) {
    String socket = config.get(ConfigKeys.UNIXSOCKET);
    int port = config.get(ConfigKeys.PORT);
    int tlsPort = config.get(TlsKeys.TLS_PORT);
    return NetOptions.builder()
        .bind(addresses(config.get(ConfigKeys.BIND)))
        // In Redis, port 0 means not to listen.
        .port(port == 0 ? -1 : port)
        .tlsPort(tlsPort == 0 ? -1 : tlsPort)
        .unixSocket(
            socket.isEmpty() ? null : Path.of(socket), config.get(ConfigKeys.UNIXSOCKETPERM))
        .backlog(Math.max(1, config.get(ConfigKeys.TCP_BACKLOG)))
        .loops(loops)
        .connections(connections(config, budget))
        .build();
  }

  /** What CONFIG SET may change. */
  static ConnectionOptions connections(Config config, MemoryBudget budget) {
    return ConnectionOptions.builder()
        .maxClients(OpenFiles.mostClients(config))
        .idleTimeoutSeconds(config.get(ConfigKeys.TIMEOUT).intValue())
        .keepAliveSeconds(config.get(ConfigKeys.TCP_KEEPALIVE).intValue())
        .inFlight(
            config.get(ConfigKeys.CLIENT_MAX_INFLIGHT_COMMANDS),
            config.get(ConfigKeys.CLIENT_MAX_INFLIGHT_BYTES))
        .pendingOutputBytes(config.get(ConfigKeys.CLIENT_MAX_UNREAD_REPLY_BYTES))
        .heldBytes(budget.connectionBytes())
        .outputLimits(outputLimits(config.get(ConfigKeys.CLIENT_OUTPUT_BUFFER_LIMIT)))
        .respLimits(new RespLimits(
            config.get(ConfigKeys.PROTO_MAX_BULK_LEN),
            config.get(ConfigKeys.CLIENT_QUERY_BUFFER_LIMIT)))
        .build();
  }

  /**
   * Returns the error for a connection that protected mode refuses, else null: without a password
   * only this machine may connect.
   */
  static @Nullable String refusal(Config config, Users users, Connection connection) {
    boolean open =
        connection.isLocal() || !config.get(ConfigKeys.PROTECTED_MODE) || users.passwordRequired();
    return open ? null : PROTECTED;
  }

  private static List<BindAddress> addresses(List<String> words) {
    List<BindAddress> addresses = new ArrayList<>();
    for (String word : words) {
      boolean optional = word.startsWith("-");
      String host = optional ? word.substring(1) : word;
      addresses.addAll(addresses(host, optional));
    }
    return addresses;
  }

  private static List<BindAddress> addresses(String host, boolean optional) {
    try {
      return switch (host) {
        case "*" -> List.of(new BindAddress(InetAddress.getByName("0.0.0.0"), optional));
        case "::*" -> List.of(new BindAddress(InetAddress.getByName("::"), optional));
        default -> List.of(new BindAddress(InetAddress.getByName(host), optional));
      };
    } catch (UnknownHostException e) {
      if (optional) {
        return List.of();
      }
      throw new ConfigException("bind: unknown host '" + host + "'", e);
    }
  }

  private static Map<ClientClass, OutputLimit> outputLimits(OutputLimits limits) {
    return Map.of(
        ClientClass.NORMAL, limit(limits.normal()),
        ClientClass.REPLICA, limit(limits.replica()),
        ClientClass.PUBSUB, limit(limits.pubsub()));
  }

  private static OutputLimit limit(OutputLimits.Limit limit) {
    return new OutputLimit(limit.hardBytes(), limit.softBytes(), limit.softSeconds());
  }
}
