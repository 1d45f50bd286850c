package pika.net.server;

import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import pika.net.transport.Transport;

/**
 * The two ends of a socket in Redis' format, and what they reveal about the client.
 *
 * @param fd the file descriptor; -1 if unknown
 */
record Endpoints(String remote, String local, boolean unixSocket, boolean loopback, int fd) {

  /** {@code unixPath} is the server's path, used if {@code channel} is a Unix socket. */
  static Endpoints of(Channel channel, Transport transport, @Nullable String unixPath) {
    int fd = transport.fileDescriptor(channel);
    if (channel.remoteAddress() instanceof InetSocketAddress peer) {
      boolean loopback = peer.getAddress().isLoopbackAddress();
      return new Endpoints(print(peer), print(channel.localAddress()), false, loopback, fd);
    }
    String path = (unixPath == null ? "" : unixPath) + ":0";
    return new Endpoints(path, path, true, true, fd);
  }

  static String print(@Nullable SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet) || inet.isUnresolved()) {
      return "?:0";
    }
    String host = NetUtil.toAddressString(inet.getAddress());
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + inet.getPort();
  }
}
