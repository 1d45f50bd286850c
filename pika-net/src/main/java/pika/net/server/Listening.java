package pika.net.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.transport.Transport;

/**
 * The listening sockets. Where the kernel lets sockets share a port (SO_REUSEPORT), every loop has
 * its own and keeps what it accepts, so that a new connection never changes threads. Elsewhere the
 * first loop accepts for all.
 */
final class Listening {

  private static final Logger log = LoggerFactory.getLogger(Listening.class);

  private static final int CLOSING_SECONDS = 1;

  private final Transport transport;
  private final Acceptor acceptor;
  private final EventLoopGroup group;
  private final List<Loop> loops;

  private final List<Channel> channels = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final List<InetSocketAddress> tlsAddresses = new ArrayList<>();
  private @Nullable Path unixSocket;

  Listening(Transport transport, Acceptor acceptor, EventLoopGroup group, List<Loop> loops) {
    this.transport = transport;
    this.acceptor = acceptor;
    this.group = group;
    this.loops = loops;
  }

  synchronized void open(NetOptions options) throws BindException {
    try {
      // The plain port comes last: a client that is answered there may rely on the others.
      if (options.unixSocket() != null) {
        openUnix(options.unixSocket(), options);
      }
      openTcp(options, options.tlsPort(), acceptor.forTls(), tlsAddresses);
      openTcp(options, options.port(), acceptor, addresses);
    } catch (BindException e) {
      close();
      throw e;
    }
  }

  private void openTcp(
      NetOptions options, int port, ChannelHandler handler, List<InetSocketAddress> opened)
      throws BindException {
    if (port < 0) {
      return;
    }
    for (BindAddress address : wildcardsFirst(options.bind())) {
      if (!isCovered(address, opened)) {
        openTcp(address, port, options.backlog(), handler, opened);
      }
    }
    if (opened.isEmpty()) {
      throw new BindException("none of the addresses in bind is available on this machine");
    }
  }

  /** Throws what {@link #open} would throw for an address in use; listens on none. */
  static void requireFree(NetOptions options) throws BindException {
    requireFree(options.bind(), options.port());
    requireFree(options.bind(), options.tlsPort());
  }

  private static void requireFree(List<BindAddress> addresses, int port) throws BindException {
    for (BindAddress bind : addresses) {
      if (port > 0 && !bind.optional()) {
        InetSocketAddress wanted = new InetSocketAddress(bind.address(), port);
        try {
          checkFree(wanted);
        } catch (IOException e) {
          throw notBound("TCP", Endpoints.print(wanted), e);
        }
      }
    }
  }

  synchronized List<InetSocketAddress> addresses() {
    return List.copyOf(addresses);
  }

  synchronized List<InetSocketAddress> tlsAddresses() {
    return List.copyOf(tlsAddresses);
  }

  /** Waits until all sockets are closed, but not for long if a loop is stuck. */
  synchronized void close() {
    List<ChannelFuture> closing = channels.stream().map(Channel::close).toList();
    closing.forEach(closed -> closed.awaitUninterruptibly(CLOSING_SECONDS, TimeUnit.SECONDS));
    channels.clear();
    if (unixSocket != null) {
      try {
        Files.deleteIfExists(unixSocket);
      } catch (IOException e) {
        log.warn("Cannot remove the Unix socket {}: {}", unixSocket, e.getMessage());
      }
      unixSocket = null;
    }
  }

  /**
   * A socket on {@code ::} also accepts IPv4, so {@code 0.0.0.0} is needed only if that could not
   * be opened.
   */
  private static boolean isCovered(BindAddress bind, List<InetSocketAddress> opened) {
    return bind.address().isAnyLocalAddress()
        && opened.stream().anyMatch(open -> open.getAddress().isAnyLocalAddress());
  }

  private static List<BindAddress> wildcardsFirst(List<BindAddress> bind) {
    return bind.stream().sorted(Comparator.comparing(Listening::order)).toList();
  }

  private static int order(BindAddress bind) {
    if (!bind.address().isAnyLocalAddress()) {
      return 2;
    }
    return bind.address() instanceof Inet6Address ? 0 : 1;
  }

  private void openTcp(
      BindAddress bind,
      int port,
      int backlog,
      ChannelHandler handler,
      List<InetSocketAddress> opened)
      throws BindException {
    InetSocketAddress wanted = new InetSocketAddress(bind.address(), port);
    boolean shared = transport.sharesPorts() && loops.size() > 1;
    try {
      if (shared) {
        checkFree(wanted);
      }
      InetSocketAddress real = wanted;
      for (int i = 0; i < (shared ? loops.size() : 1); i++) {
        ServerBootstrap bootstrap = bootstrap(backlog, shared ? loops.get(i) : null, handler);
        bootstrap.channel(transport.tcpServer()).option(ChannelOption.SO_REUSEADDR, true);
        real = (InetSocketAddress) bind(bootstrap, real, shared);
      }
      opened.add(real);
    } catch (IOException e) {
      if (!bind.optional()) {
        throw notBound("TCP", Endpoints.print(wanted), e);
      }
      log.warn("Not listening on optional address {}: {}", Endpoints.print(wanted), e.getMessage());
    }
  }

  /**
   * SO_REUSEPORT would also share the port with another process of the same user, and each server
   * would get some of the clients. A socket without it detects a port in use.
   */
  private static void checkFree(InetSocketAddress address) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address, 1);
    }
  }

  private void openUnix(Path path, NetOptions options) throws BindException {
    ServerBootstrap bootstrap = bootstrap(options.backlog(), null, acceptor);
    bootstrap.channel(transport.unixServer());
    try {
      Files.deleteIfExists(path);
      bind(bootstrap, transport.unixAddress(path), false);
      unixSocket = path;
      if (options.unixSocketPermissions() != 0) {
        Files.setPosixFilePermissions(path, permissions(options.unixSocketPermissions()));
      }
    } catch (IOException e) {
      throw notBound("Unix", path.toString(), e);
    }
  }

  private ServerBootstrap bootstrap(int backlog, @Nullable Loop ownLoop, ChannelHandler handler) {
    ServerBootstrap bootstrap = new ServerBootstrap().option(ChannelOption.SO_BACKLOG, backlog);
    if (ownLoop == null) {
      bootstrap.group(loops.get(0).eventLoop(), group);
    } else {
      bootstrap.group(ownLoop.eventLoop(), ownLoop.eventLoop());
    }
    return bootstrap.childHandler(handler);
  }

  private SocketAddress bind(ServerBootstrap bootstrap, SocketAddress address, boolean shared)
      throws IOException {
    if (shared) {
      transport.sharePort(bootstrap);
    }
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause != null) {
      throw cause instanceof IOException e ? e : new IOException(cause);
    }
    channels.add(bound.channel());
    return bound.channel().localAddress();
  }

  private static BindException notBound(String kind, String where, IOException cause) {
    BindException e = new BindException("Could not create server " + kind + " listening socket "
        + where + ": " + cause.getMessage());
    e.initCause(cause);
    return e;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    PosixFilePermission[] byBit = {
      PosixFilePermission.OTHERS_EXECUTE,
      PosixFilePermission.OTHERS_WRITE,
      PosixFilePermission.OTHERS_READ,
      PosixFilePermission.GROUP_EXECUTE,
      PosixFilePermission.GROUP_WRITE,
      PosixFilePermission.GROUP_READ,
      PosixFilePermission.OWNER_EXECUTE,
      PosixFilePermission.OWNER_WRITE,
      PosixFilePermission.OWNER_READ
    };
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < byBit.length; bit++) {
      if ((mode >> bit & 1) != 0) {
        permissions.add(byBit[bit]);
      }
    }
    return permissions;
  }
}
