package pika.net.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import pika.net.resp.RespWriter;

/**
 * The encoded output of one connection on its way to the socket. Confined to the connection's event
 * loop.
 *
 * <p>While the channel is writable, bytes are copied into pooled direct buffers and passed on.
 * Above the channel's high-water mark, the rest waits here on the Java heap: small parts packed
 * into chunks, large values by reference. So a reply of 512 MB, or a client that does not read,
 * never occupies more direct memory than the high-water mark plus one slice.
 */
final class Outbox implements RespWriter.Sink {

  /** The most that is copied into one direct buffer. */
  private static final int SLICE_BYTES = 64 * 1024;
  /** After this much output for one connection the loop turns to the others. */
  private static final int TURN_BYTES = 1 << 20;

  private static final int MIN_CHUNK_BYTES = 256;
  private static final int MAX_CHUNK_BYTES = 16 * 1024;
  private static final byte[] NO_CHUNK = {};

  /** A waiting range; {@code from} advances as it is sent. */
  private static final class Segment {
    final byte[] array;
    int from;
    int to;

    Segment(byte[] array, int from, int to) {
      this.array = array;
      this.from = from;
      this.to = to;
    }
  }

  private final Channel channel;
  private final ArrayDeque<Segment> waiting = new ArrayDeque<>(2);
  private long waitingBytes;
  /** Small waiting parts are packed here; filled up to {@code chunkEnd}. */
  private byte[] chunk = NO_CHUNK;

  private int chunkEnd;
  private final Counter sentBytes = new Counter();

  Outbox(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void lent(byte[] array, int offset, int length) {
    if (waiting.isEmpty() && channel.isWritable()) {
      write(array, offset, length);
    } else {
      pack(array, offset, length);
    }
  }

  @Override
  public void kept(byte[] array, int offset, int length) {
    waiting.add(new Segment(array, offset, offset + length));
    waitingBytes += length;
  }

  /**
   * Sends as much as the socket takes, up to the limit of one turn.
   *
   * @return true if the socket would take more, so the loop should come back soon
   */
  boolean flush() {
    long left = TURN_BYTES;
    do {
      left -= fill(left);
      channel.flush();
    } while (left > 0 && !waiting.isEmpty() && channel.isWritable());
    return !waiting.isEmpty() && channel.isWritable();
  }

  /** All bytes that have not reached the kernel. */
  long pendingBytes() {
    return waitingBytes + channelBytes();
  }

  /** The part of {@link #pendingBytes} that is in the channel's buffer. */
  long channelBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** The part of {@link #pendingBytes} that waits on the Java heap. */
  long waitingBytes() {
    return waitingBytes;
  }

  int waitingSegments() {
    return waiting.size();
  }

  long sentBytes() {
    return sentBytes.get();
  }

  void clear() {
    waiting.clear();
    waitingBytes = 0;
    chunk = NO_CHUNK;
    chunkEnd = 0;
  }

  /** Passes waiting slices to the channel until it is full; returns the number of bytes. */
  private long fill(long limit) {
    long filled = 0;
    while (!waiting.isEmpty() && channel.isWritable() && filled < limit) {
      Segment segment = waiting.element();
      int length = Math.min(segment.to - segment.from, SLICE_BYTES);
      write(segment.array, segment.from, length);
      segment.from += length;
      waitingBytes -= length;
      filled += length;
      if (segment.from == segment.to) {
        waiting.remove();
      }
    }
    if (waiting.isEmpty()) {
      chunk = NO_CHUNK;
      chunkEnd = 0;
    }
    return filled;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // A failure closes the channel.
  private void write(byte[] array, int offset, int length) {
    ByteBuf buffer = channel.alloc().directBuffer(length, length);
    buffer.writeBytes(array, offset, length);
    channel.write(buffer, channel.voidPromise());
    sentBytes.add(length);
  }

  private void pack(byte[] array, int offset, int length) {
    if (chunk.length - chunkEnd < length) {
      int grown = Math.min(2 * chunk.length, MAX_CHUNK_BYTES);
      chunk = new byte[Math.max(length, Math.max(grown, MIN_CHUNK_BYTES))];
      chunkEnd = 0;
    }
    System.arraycopy(array, offset, chunk, chunkEnd, length);
    Segment last = waiting.peekLast();
    if (last != null && last.array == chunk && last.to == chunkEnd) {
      last.to += length;
    } else {
      waiting.add(new Segment(chunk, chunkEnd, chunkEnd + length));
    }
    chunkEnd += length;
    waitingBytes += length;
  }
}
