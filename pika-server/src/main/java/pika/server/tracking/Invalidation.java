package pika.server.tracking;

import java.util.List;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.net.resp.RespWriter;

/**
 * An invalidation message: a push of its own kind in RESP3, a message on a reserved channel in
 * RESP2.
 *
 * @param keys the keys, or null for all
 */
record Invalidation(Reply keys) implements Reply {
  private static final Reply WORD = Reply.bulk("invalidate");
  private static final Reply MESSAGE = Reply.bulk("message");
  private static final Reply CHANNEL = Reply.bulk("__redis__:invalidate");

  /** Returns the message for these keys, encoded once for all receivers. */
  static Reply of(List<byte[]> keys) {
    return of(Reply.array(keys.stream().<Reply>map(Reply::bulk).toList()));
  }

  /** Returns the message for all keys. */
  static Reply ofAll() {
    return of(Reply.NULL);
  }

  private static Reply of(Reply keys) {
    return Reply.shared(new Invalidation(keys));
  }

  @Override
  public void writeTo(RespWriter out) {
    List<Reply> parts =
        out.protocol() == Protocol.RESP3 ? List.of(WORD, keys) : List.of(MESSAGE, CHANNEL, keys);
    Reply.push(parts).writeTo(out);
  }
}
