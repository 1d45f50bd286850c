package pika.net.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The one direct buffer into which all sockets of a loop are read. This works because every read is
 * consumed completely before the next one begins. An idle connection then costs no buffer and a
 * busy one no allocation. Confined to the loop.
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
        // The reader releases its reference; ours keeps the buffer alive between reads.
        return buffer.clear().retain();
      }
    };
  }

  void release() {
    buffer.release();
  }
}
