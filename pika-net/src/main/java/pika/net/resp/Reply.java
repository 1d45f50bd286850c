package pika.net.resp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer to one request: an immutable value that can write itself in either protocol. Safe to
 * hand between threads.
 *
 * <p>Byte arrays and lists given to the factories are not copied, so they must not change
 * afterwards; large ones are sent straight from where they lie.
 *
 * <p>The texts of simple and error replies stand for bytes, one char each (ISO 8859-1): an error
 * that quotes a client's argument gives back the very bytes it was sent. Texts of bulk and verbatim
 * replies are UTF-8.
 */
public interface Reply {

  Reply OK = simple("OK");
  /** The absent value: {@code $-1} in RESP2, {@code _} in RESP3. */
  Reply NULL = NullReply.VALUE;
  /** The absent list: {@code *-1} in RESP2, {@code _} in RESP3. */
  Reply NULL_ARRAY = NullReply.ARRAY;

  Reply EMPTY_ARRAY = array(List.of());
  /** Answers a request with nothing at all (CLIENT REPLY OFF, SUBSCRIBE's pushes). */
  Reply NONE = new SequenceReply(List.of());

  Reply ZERO = integer(0);
  Reply ONE = integer(1);

  /** Writes the whole reply, and nothing but the reply, to {@code out}. */
  void writeTo(RespWriter out);

  static Reply simple(String text) {
    return new SimpleReply(text);
  }

  /**
   * An error; {@code text} starts with its code ({@code ERR ...}) and line breaks in it become
   * spaces.
   */
  static Reply error(String text) {
    return new ErrorReply(text);
  }

  static Reply integer(long value) {
    return new IntegerReply(value);
  }

  static Reply bulk(byte[] bytes) {
    return new BulkReply(bytes, 0, bytes.length);
  }

  static Reply bulk(byte[] bytes, int offset, int length) {
    return new BulkReply(bytes, offset, length);
  }

  static Reply bulk(String text) {
    return bulk(text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply bulkOrNull(byte @Nullable [] bytes) {
    return bytes == null ? NULL : bulk(bytes);
  }

  static Reply array(List<Reply> items) {
    return new AggregateReply(AggregateReply.Kind.ARRAY, items);
  }

  static Reply array(Reply... items) {
    return array(List.of(items));
  }

  /** A map in RESP3, a flat array in RESP2; the list alternates keys and values. */
  static Reply map(List<Reply> keysAndValues) {
    return new AggregateReply(AggregateReply.Kind.MAP, keysAndValues);
  }

  static Reply set(List<Reply> items) {
    return new AggregateReply(AggregateReply.Kind.SET, items);
  }

  /** An out-of-band message in RESP3, an array in RESP2. */
  static Reply push(List<Reply> items) {
    return new AggregateReply(AggregateReply.Kind.PUSH, items);
  }

  /**
   * A double in RESP3, its text as a bulk in RESP2; formatted as Redis does (see {@link
   * DoubleText}).
   */
  static Reply doubleValue(double value) {
    return new DoubleReply(value);
  }

  /** {@link #doubleValue} with digits of one's own choice. */
  static Reply decimal(String digits) {
    return new DecimalReply(digits);
  }

  /** {@code #t} or {@code #f} in RESP3, {@code :1} or {@code :0} in RESP2. */
  static Reply bool(boolean value) {
    return new BoolReply(value);
  }

  /** An integer of any size in RESP3, a bulk in RESP2; {@code digits} is its decimal text. */
  static Reply bigNumber(String digits) {
    return new BigNumberReply(digits);
  }

  /** Text with a three-letter format ({@code txt}, {@code mkd}) in RESP3, a plain bulk in RESP2. */
  static Reply verbatim(String format, String text) {
    return new VerbatimReply(format, text);
  }

  /** Several replies in the place of one, as SUBSCRIBE to several channels answers. */
  static Reply sequence(List<Reply> replies) {
    return new SequenceReply(replies);
  }

  /**
   * Switches the connection to {@code protocol} at the moment it is written, then writes {@code
   * reply} in it.
   */
  static Reply protocol(Protocol protocol, Reply reply) {
    return new ProtocolReply(protocol, reply);
  }

  /**
   * One message for many connections: each protocol's spelling is made once, by whoever first writes
   * it, and then used by all.
   */
  static Reply shared(Reply reply) {
    return new SharedReply(reply);
  }

  /** What a message weighs that has to wait for its turn, in bytes: 0 unless it is {@link #shared}. */
  static long messageBytes(Reply message, Protocol protocol) {
    return message instanceof SharedReply shared ? shared.sizeBytes(protocol) : 0;
  }

  /**
   * Encodes {@code reply} now, on the calling thread, so that the event loop later only copies
   * bytes. For replies of many elements made on a pool thread; {@code protocol} must be the one the
   * connection will have agreed on by then.
   */
  static Reply encoded(Protocol protocol, Reply reply) {
    RespWriter writer = new RespWriter(protocol);
    reply.writeTo(writer);
    return new EncodedReply(writer.finish());
  }
}
