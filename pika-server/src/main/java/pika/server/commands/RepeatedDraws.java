package pika.server.commands;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.net.resp.RespWriter;
import pika.net.resp.StreamedReply;

/**
 * Draws with replacement that are too many to be held: each is made when it is written. The data
 * does not bound their number, and Redis sends up to 2^63 - 1. As part of another reply, which is
 * held as a whole, their size is limited.
 */
final class RepeatedDraws implements StreamedReply {
  private static final int PART_BYTES = 32 * 1024;
  private static final long MOST_HELD_BYTES = 256L << 20;
  private static final Reply TOO_MANY = Reply.error("ERR value is out of range");

  private final List<Reply> elements;
  private final long draws;
  private final int repliesEach;
  private final double bytesEach;

  /**
   * Creates the draws.
   *
   * @param elements the elements to draw from, at least one
   * @param repliesEach how many items of the array each element makes, for {@link Reply#sequence}s
   */
  RepeatedDraws(Protocol protocol, List<Reply> elements, long draws, int repliesEach) {
    this.elements = elements;
    this.draws = draws;
    this.repliesEach = repliesEach;
    this.bytesEach = (double) bytes(protocol, elements) / elements.size();
  }

  private static long bytes(Protocol protocol, List<Reply> replies) {
    RespWriter writer = new RespWriter(protocol);
    long bytes = 0;
    for (Reply reply : replies) {
      reply.writeTo(writer);
      bytes += writer.sizeBytes();
      writer.clear();
    }
    return bytes;
  }

  @Override
  public void writeTo(RespWriter out) {
    if (bytesEach * draws > MOST_HELD_BYTES) {
      TOO_MANY.writeTo(out);
      return;
    }
    Parts parts = begin();
    boolean more = true;
    while (more) {
      more = parts.writeNext(out);
    }
  }

  @Override
  public Parts begin() {
    return new Drawing();
  }

  private final class Drawing implements Parts {
    private long left = draws;

    @Override
    public boolean writeNext(RespWriter out) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      if (left == draws) {
        out.arrayHeader(draws * repliesEach);
      }
      long enough = out.sizeBytes() + PART_BYTES;
      while (left > 0 && out.sizeBytes() < enough) {
        elements.get(random.nextInt(elements.size())).writeTo(out);
        left--;
      }
      return left > 0;
    }
  }
}
