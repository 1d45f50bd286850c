package pika.net.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes Netty's events of one channel to its connection. Runs on the event loop. */
final class ConnectionHandler extends ChannelDuplexHandler {

  private static final Logger log = LoggerFactory.getLogger(ConnectionHandler.class);

  private final Connection connection;
  private final Conversation conversation;
  private final Loop loop;
  /** When the current burst of reads began; 0 between bursts. Reads the clock once per burst. */
  private long burstNanos;

  ConnectionHandler(Connection connection) {
    this.connection = connection;
    this.conversation = connection.conversation();
    this.loop = connection.loop();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    loop.opened(connection);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      if (burstNanos == 0) {
        burstNanos = System.nanoTime();
      }
      connection.received(in.readableBytes(), burstNanos);
      loop.read(in.readableBytes());
      conversation.read(in, burstNanos);
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    burstNanos = 0;
    conversation.readComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      conversation.writable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent
        || (event instanceof SslCloseCompletionEvent end && end.isSuccess())) {
      conversation.inputEnded();
    }
  }

  /** The server closes the channel. With TLS that may take seconds: the client is told first. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // It is the promise.
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    connection.closing();
    ctx.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    loop.closed(connection);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || isTlsFailure(cause)) {
      log.debug("{}: {}", connection, cause.getMessage());
    } else {
      log.error("Client {} closed after an unexpected error", connection, cause);
    }
    connection.close();
  }

  /** Plain text instead of TLS, a certificate the peer rejects, and the like. */
  private static boolean isTlsFailure(Throwable cause) {
    return cause instanceof DecoderException && cause.getCause() instanceof SSLException;
  }
}
