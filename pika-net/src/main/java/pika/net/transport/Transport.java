package pika.net.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;

/** One way to do socket I/O. Stateless. */
public enum Transport {
  EPOLL {
    @Override
    public IoHandlerFactory ioHandlerFactory() {
      return SteadyEpoll.newFactory();
    }

    @Override
    public Class<? extends ServerChannel> tcpServer() {
      return EpollServerSocketChannel.class;
    }

    @Override
    public Class<? extends ServerChannel> unixServer() {
      return EpollServerDomainSocketChannel.class;
    }

    @Override
    public SocketAddress unixAddress(Path path) {
      return new DomainSocketAddress(path.toFile());
    }

    @Override
    public boolean sharesPorts() {
      return true;
    }

    @Override
    public void sharePort(ServerBootstrap bootstrap) {
      bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
    }

    @Override
    void probe(ChannelConfig config, int idleSeconds, int intervalSeconds) {
      config.setOption(EpollChannelOption.TCP_KEEPIDLE, idleSeconds);
      config.setOption(EpollChannelOption.TCP_KEEPINTVL, intervalSeconds);
      config.setOption(EpollChannelOption.TCP_KEEPCNT, KEEP_ALIVE_PROBES);
    }
  },

  NIO {
    @Override
    public IoHandlerFactory ioHandlerFactory() {
      return NioIoHandler.newFactory();
    }

    @Override
    public Class<? extends ServerChannel> tcpServer() {
      return NioServerSocketChannel.class;
    }

    @Override
    public Class<? extends ServerChannel> unixServer() {
      return NioServerDomainSocketChannel.class;
    }

    @Override
    public SocketAddress unixAddress(Path path) {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    public boolean sharesPorts() {
      return false;
    }

    @Override
    public void sharePort(ServerBootstrap bootstrap) {
      throw new IllegalStateException("NIO listens with one acceptor");
    }

    @Override
    void probe(ChannelConfig config, int idleSeconds, int intervalSeconds) {
      setIfSupported(config, ExtendedSocketOptions.TCP_KEEPIDLE, idleSeconds);
      setIfSupported(config, ExtendedSocketOptions.TCP_KEEPINTERVAL, intervalSeconds);
      setIfSupported(config, ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
    }

    /** On a platform without the option, setOption returns false and the default stays. */
    private void setIfSupported(ChannelConfig config, SocketOption<Integer> option, int value) {
      config.setOption(NioChannelOption.of(option), value);
    }
  };

  /** Unanswered probes after which a peer is considered dead, as in Redis. */
  private static final int KEEP_ALIVE_PROBES = 3;

  /** The best transport available on this machine. */
  public static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  public abstract IoHandlerFactory ioHandlerFactory();

  public abstract Class<? extends ServerChannel> tcpServer();

  public abstract Class<? extends ServerChannel> unixServer();

  public abstract SocketAddress unixAddress(Path path);

  /** Whether several sockets can listen on one port and the kernel distributes connections. */
  public abstract boolean sharesPorts();

  /** Must be called before binding, and only if {@link #sharesPorts}. */
  public abstract void sharePort(ServerBootstrap bootstrap);

  abstract void probe(ChannelConfig config, int idleSeconds, int intervalSeconds);

  /**
   * Enables TCP keep-alive: the first probe after {@code seconds} of silence, further ones at a
   * third of that interval.
   */
  public void keepAlive(Channel channel, int seconds) {
    ChannelConfig config = channel.config();
    config.setOption(ChannelOption.SO_KEEPALIVE, true);
    probe(config, seconds, Math.max(seconds / 3, 1));
  }

  /** The socket's file descriptor, or -1 if the transport does not expose it. */
  public int fileDescriptor(Channel channel) {
    return channel instanceof UnixChannel unix ? unix.fd().intValue() : -1;
  }
}
