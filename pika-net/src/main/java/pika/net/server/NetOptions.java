package pika.net.server;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pika.net.resp.RespLimits;

/**
 * The options of the network layer. Made with {@link #builder()}; those marked live can be changed
 * by {@link NetServer#reconfigure}.
 *
 * @param bind addresses to listen on
 * @param port the TCP port; 0 picks a free one, -1 is none
 * @param tlsPort the TLS port, on the same addresses; 0 picks a free one, -1 is none
 * @param unixSocket path of a Unix socket to listen on as well, or null; a left-over socket file is
 *     replaced
 * @param unixSocketPermissions mode bits of that file ({@code 0700}); 0 leaves them to the umask
 * @param backlog how many connections the kernel queues until they are accepted
 * @param loops event loops, one thread each
 * @param maxClients simultaneous connections; live
 * @param idleTimeoutSeconds closes clients that send nothing for this long, 0 never; live
 * @param keepAliveSeconds interval of TCP keep-alive probes, 0 none; live, for new connections
 * @param inFlightCommands unanswered requests of one connection at which reading from it pauses;
 *     live
 * @param inFlightBytes the same in bytes; a single request may be larger; live
 * @param pendingOutputBytes unread replies of one connection at which reading from it pauses; live
 * @param heldBytes bytes of requests and unread replies on the heap, for all connections together;
 *     beyond that each connection is served one request at a time and long requests are refused;
 *     live
 * @param outputLimits per client class; live
 * @param respLimits live
 */
public record NetOptions(
    List<BindAddress> bind,
    int port,
    int tlsPort,
    @Nullable Path unixSocket,
    int unixSocketPermissions,
    int backlog,
    int loops,
    int maxClients,
    int idleTimeoutSeconds,
    int keepAliveSeconds,
    int inFlightCommands,
    long inFlightBytes,
    long pendingOutputBytes,
    long heldBytes,
    Map<ClientClass, OutputLimit> outputLimits,
    RespLimits respLimits) {

  public NetOptions {
    bind = List.copyOf(bind);
    Map<ClientClass, OutputLimit> limits = new EnumMap<>(ClientClass.class);
    for (ClientClass clientClass : ClientClass.values()) {
      limits.put(clientClass, outputLimits.getOrDefault(clientClass, OutputLimit.NONE));
    }
    outputLimits = Map.copyOf(limits);
    if (port < -1 || port > 65535 || tlsPort < -1 || tlsPort > 65535) {
      throw new IllegalArgumentException("port out of range: " + port + ", " + tlsPort);
    }
    if (loops < 1 || backlog < 1 || maxClients < 1 || inFlightCommands < 1 || inFlightBytes < 1) {
      throw new IllegalArgumentException("loops, backlog, clients and budgets must be positive");
    }
  }

  public OutputLimit outputLimit(ClientClass clientClass) {
    return outputLimits.getOrDefault(clientClass, OutputLimit.NONE);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder initialized with these options. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Defaults: 127.0.0.1:6379, one loop, and Redis' limits where Redis has them. */
  public static final class Builder {
    private static final long MB = 1L << 20;

    private List<BindAddress> bind =
        List.of(new BindAddress(InetAddress.getLoopbackAddress(), false));
    private int port = 6379;
    private int tlsPort = -1;
    private @Nullable Path unixSocket;
    private int unixSocketPermissions;
    private int backlog = 511;
    private int loops = 1;
    private int maxClients = 10_000;
    private int idleTimeoutSeconds;
    private int keepAliveSeconds = 300;
    private int inFlightCommands = 1024;
    private long inFlightBytes = 64 * MB;
    private long pendingOutputBytes = 64 * MB;
    private long heldBytes = Long.MAX_VALUE;
    private Map<ClientClass, OutputLimit> outputLimits = Map.of(
        ClientClass.NORMAL, OutputLimit.NONE,
        ClientClass.REPLICA, new OutputLimit(256 * MB, 64 * MB, 60),
        ClientClass.PUBSUB, new OutputLimit(32 * MB, 8 * MB, 60));
    private RespLimits respLimits = RespLimits.DEFAULT;

    private Builder() {}

    private Builder(NetOptions from) {
      bind = from.bind;
      port = from.port;
      tlsPort = from.tlsPort;
      unixSocket = from.unixSocket;
      unixSocketPermissions = from.unixSocketPermissions;
      backlog = from.backlog;
      loops = from.loops;
      maxClients = from.maxClients;
      idleTimeoutSeconds = from.idleTimeoutSeconds;
      keepAliveSeconds = from.keepAliveSeconds;
      inFlightCommands = from.inFlightCommands;
      inFlightBytes = from.inFlightBytes;
      pendingOutputBytes = from.pendingOutputBytes;
      heldBytes = from.heldBytes;
      outputLimits = from.outputLimits;
      respLimits = from.respLimits;
    }

    public Builder bind(List<BindAddress> addresses) {
      this.bind = addresses;
      return this;
    }

    public Builder port(int value) {
      this.port = value;
      return this;
    }

    public Builder tlsPort(int value) {
      this.tlsPort = value;
      return this;
    }

    public Builder unixSocket(@Nullable Path path, int permissions) {
      this.unixSocket = path;
      this.unixSocketPermissions = permissions;
      return this;
    }

    public Builder backlog(int value) {
      this.backlog = value;
      return this;
    }

    public Builder loops(int value) {
      this.loops = value;
      return this;
    }

    public Builder maxClients(int value) {
      this.maxClients = value;
      return this;
    }

    public Builder idleTimeoutSeconds(int value) {
      this.idleTimeoutSeconds = value;
      return this;
    }

    public Builder keepAliveSeconds(int value) {
      this.keepAliveSeconds = value;
      return this;
    }

    public Builder inFlight(int commands, long bytes) {
      this.inFlightCommands = commands;
      this.inFlightBytes = bytes;
      return this;
    }

    public Builder pendingOutputBytes(long value) {
      this.pendingOutputBytes = value;
      return this;
    }

    public Builder heldBytes(long value) {
      this.heldBytes = value;
      return this;
    }

    public Builder outputLimits(Map<ClientClass, OutputLimit> limits) {
      this.outputLimits = limits;
      return this;
    }

    public Builder respLimits(RespLimits limits) {
      this.respLimits = limits;
      return this;
    }

    public NetOptions build() {
      return new NetOptions(
          bind,
          port,
          tlsPort,
          unixSocket,
          unixSocketPermissions,
          backlog,
          loops,
          maxClients,
          idleTimeoutSeconds,
          keepAliveSeconds,
          inFlightCommands,
          inFlightBytes,
          pendingOutputBytes,
          heldBytes,
          outputLimits,
          respLimits);
    }
  }
}
