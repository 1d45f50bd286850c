package pika.net.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pika.net.resp.FrameCounter;
import pika.net.resp.ProtocolException;
import pika.net.resp.Reply;
import pika.net.resp.ReplyDecoder;

/**
 * Commands sent in one piece, and the destination of their replies. The loop's thread fills it. It
 * completes once; then its content belongs to the waiting thread.
 */
abstract class Portion {

  private final int commands;
  private final long sizeBytes;
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable IOException failure;
  /** Replies still expected; confined to the loop. */
  private int left;

  private Portion(int commands, long sizeBytes) {
    this.commands = commands;
    this.sizeBytes = sizeBytes;
    this.left = commands;
  }

  /** Decodes the replies into {@code replies}. */
  static Portion collected(int commands, long sizeBytes, List<Reply> replies) {
    return new Portion(commands, sizeBytes) {
      @Override
      int read(ReplyDecoder decoder, byte[] in, int from, int to) throws ProtocolException {
        int at = from;
        while (at < to && !isAnswered()) {
          at = decoder.decode(in, at, to);
          if (!decoder.hasReply()) {
            return at;
          }
          replies.add(decoder.takeReply());
          answered(1);
          if (at < to && in[at] == '>') {
            return at;
          }
        }
        return at;
      }
    };
  }

  /** Only counts the replies. */
  static Portion counted(int commands, long sizeBytes, FrameCounter counter) {
    return new Portion(commands, sizeBytes) {
      @Override
      int read(ReplyDecoder decoder, byte[] in, int from, int to) throws ProtocolException {
        long before = counter.replies();
        int at = counter.count(in, from, to, commands - answeredCount());
        answered((int) (counter.replies() - before));
        return at;
      }

      @Override
      boolean isBetween(ReplyDecoder decoder) {
        return counter.isBetween();
      }
    };
  }

  int commands() {
    return commands;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Consumes input up to the end of the last reply or the beginning of a push, whichever comes
   * first.
   *
   * @return the index after the consumed input
   */
  abstract int read(ReplyDecoder decoder, byte[] in, int from, int to) throws ProtocolException;

  /** Whether the stream is between two replies. */
  boolean isBetween(ReplyDecoder decoder) {
    return decoder.isBetween();
  }

  boolean isAnswered() {
    return left == 0;
  }

  int answeredCount() {
    return commands - left;
  }

  void answered(int replies) {
    left -= replies;
  }

  /** All replies have arrived. */
  void succeed() {
    done.countDown();
  }

  /** The remaining replies will not arrive. */
  void fail(IOException cause) {
    failure = cause;
    done.countDown();
  }

  /**
   * Waits for completion, at most {@code timeoutMs}; 0 waits forever.
   *
   * @return whether it is complete
   * @throws ConnectionLostException if some of the replies will not arrive
   */
  boolean await(long timeoutMs) throws IOException {
    try {
      if (timeoutMs == 0) {
        done.await();
      } else if (!done.await(timeoutMs, TimeUnit.MILLISECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for replies");
    }
    if (failure != null) {
      throw new ConnectionLostException(failure);
    }
    return true;
  }
}
