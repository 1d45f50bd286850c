package pika.net.server;

import java.util.EnumMap;
import java.util.Map;
import pika.net.resp.RespLimits;

/**
 * How connections are treated: the part of the options that {@link NetServer#reconfigure} replaces
 * while the server runs. Made with {@link #builder()}.
 *
 * @param maxClients simultaneous connections
 * @param idleTimeoutSeconds closes clients that neither send nor take anything for this long,
 *     0 never
 * @param keepAliveSeconds interval of TCP keep-alive probes, 0 none; for new connections
 * @param inFlightCommands unanswered requests of one connection at which reading from it pauses
 * @param inFlightBytes the same in bytes; a single request may be larger
 * @param pendingOutputBytes unread replies of one connection at which reading from it pauses
 * @param heldBytes bytes of requests and unread replies on the heap, for all connections together;
 *     beyond that each connection is served one request at a time and long requests are refused
 * @param outputLimits per client class
 */
public record ConnectionOptions(
    int maxClients,
    int idleTimeoutSeconds,
    int keepAliveSeconds,
    int inFlightCommands,
    long inFlightBytes,
    long pendingOutputBytes,
    long heldBytes,
    Map<ClientClass, OutputLimit> outputLimits,
    RespLimits respLimits) {

  public ConnectionOptions {
    Map<ClientClass, OutputLimit> limits = new EnumMap<>(ClientClass.class);
    for (ClientClass clientClass : ClientClass.values()) {
      limits.put(clientClass, outputLimits.getOrDefault(clientClass, OutputLimit.NONE));
    }
    outputLimits = Map.copyOf(limits);
    if (maxClients < 1 || inFlightCommands < 1 || inFlightBytes < 1) {
      throw new IllegalArgumentException("clients and budgets must be positive");
    }
  }

  public OutputLimit outputLimit(ClientClass clientClass) {
    return outputLimits.getOrDefault(clientClass, OutputLimit.NONE);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Defaults: Redis' limits where Redis has them. */
  public static final class Builder {
    private static final long MB = 1L << 20;

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

    public ConnectionOptions build() {
      return new ConnectionOptions(
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
