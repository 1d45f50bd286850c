package pika.net.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The one direct buffer that all sockets of a loop are read into. That works because every read is
 * decoded to its last byte before the next begins, and it makes an idle connection cost no buffer,
 * a busy one no allocation. Confined to the loop.
 */
@SuppressWarnings("deprecation") // Netty offers no other way to choose the buffer
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

  private final ByteBuf buffer;

  ReceiveBuffer(ByteBufAllocator allocator, int sizeBytes) {
    buffer = allocator.directBuffer(sizeBytes, sizeBytes);
  }

  @Override
  public MaxMessageHandle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public int guess() {
        return buffer.capacity();
      }

      @Override
      public ByteBuf allocate(ByteBufAllocator ignored) {
        // Whoever reads releases; our own count keeps the buffer alive between reads.
        return buffer.clear().retain();
      }
    };
  }

  void release() {
    buffer.release();
  }
}
