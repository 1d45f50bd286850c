package pika.net.server;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the network layer: where it listens, and how it treats connections. Made with
 * {@link #builder()}.
 *
 * @param bind addresses to listen on
 * @param port the TCP port; 0 picks a free one, -1 is none
 * @param tlsPort the TLS port, on the same addresses; 0 picks a free one, -1 is none
 * @param unixSocket path of a Unix socket to listen on as well, or null; a left-over socket file is
 *     replaced
 * @param unixSocketPermissions mode bits of that file ({@code 0700}); 0 leaves them to the umask
 * @param backlog how many connections the kernel queues until they are accepted
 * @param loops event loops, one thread each
 * @param connections how connections are treated; can be changed while the server runs
 */
public record NetOptions(
    List<BindAddress> bind,
    int port,
    int tlsPort,
    @Nullable Path unixSocket,
    int unixSocketPermissions,
    int backlog,
    int loops,
    ConnectionOptions connections) {

  public NetOptions {
    bind = List.copyOf(bind);
    if (port < -1 || port > 65535 || tlsPort < -1 || tlsPort > 65535) {
      throw new IllegalArgumentException("port out of range: " + port + ", " + tlsPort);
    }
    if (loops < 1 || backlog < 1) {
      throw new IllegalArgumentException("loops and backlog must be positive");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Defaults: 127.0.0.1:6379 and one loop. */
  public static final class Builder {
    private List<BindAddress> bind =
        List.of(new BindAddress(InetAddress.getLoopbackAddress(), false));
    private int port = 6379;
    private int tlsPort = -1;
    private @Nullable Path unixSocket;
    private int unixSocketPermissions;
    private int backlog = 511;
    private int loops = 1;
    private ConnectionOptions connections = ConnectionOptions.builder().build();

    private Builder() {}

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

    public Builder connections(ConnectionOptions value) {
      this.connections = value;
      return this;
    }

    public NetOptions build() {
      return new NetOptions(
          bind, port, tlsPort, unixSocket, unixSocketPermissions, backlog, loops, connections);
    }
  }
}
