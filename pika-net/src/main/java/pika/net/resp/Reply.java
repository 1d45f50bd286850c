package pika.net.resp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a request: an immutable value that can write itself in either protocol. Safe to hand
 * between threads.
 *
 * <p>The factories do not copy byte arrays and lists, so these must not change afterwards; large
 * ones are sent directly from the caller's array.
 *
 * <p>The texts of simple and error replies have one char per byte (ISO 8859-1), so an error that
 * quotes a client's argument returns exactly the bytes it sent. Texts of bulk and verbatim replies
 * are UTF-8.
 */
public interface Reply {

  Reply OK = simple("OK");
  /** The null value: {@code $-1} in RESP2, {@code _} in RESP3. */
  Reply NULL = NullReply.VALUE;
  /** The null array: {@code *-1} in RESP2, {@code _} in RESP3. */
  Reply NULL_ARRAY = NullReply.ARRAY;

  Reply EMPTY_ARRAY = array(List.of());
  /** Sends nothing at all (CLIENT REPLY OFF, SUBSCRIBE in RESP3). */
  Reply NONE = new SequenceReply(List.of());

  Reply ZERO = new IntegerReply(0);
  Reply ONE = new IntegerReply(1);

  /** Writes exactly this reply to {@code out}. */
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
    // How many elements are new: that is what most writing commands reply.
    if (value == 0) {
      return ZERO;
    }
    return value == 1 ? ONE : new IntegerReply(value);
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
   * A double in RESP3, a bulk string in RESP2; formatted like Redis (see {@link DoubleText}).
   */
  static Reply doubleValue(double value) {
    return new DoubleReply(value);
  }

  /** {@link #doubleValue} with digits formatted by the caller. */
  static Reply decimal(String digits) {
    return new DecimalReply(digits);
  }

  /** {@code #t} or {@code #f} in RESP3, {@code :1} or {@code :0} in RESP2. */
  static Reply bool(boolean value) {
    return new BoolReply(value);
  }

  /** An integer of any size in RESP3, a bulk string in RESP2; {@code digits} is decimal. */
  static Reply bigNumber(String digits) {
    return new BigNumberReply(digits);
  }

  /**
   * Text with a three-letter format ({@code txt}, {@code mkd}) in RESP3, a bulk string in RESP2.
   */
  static Reply verbatim(String format, String text) {
    return new VerbatimReply(format, text);
  }

  /** Several replies to one request, such as those of SUBSCRIBE to several channels. */
  static Reply sequence(List<Reply> replies) {
    return new SequenceReply(replies);
  }

  /**
   * Switches the connection to {@code protocol} when it is written, then writes {@code reply} in
   * it.
   */
  static Reply protocol(Protocol protocol, Reply reply) {
    return new ProtocolReply(protocol, reply);
  }

  /**
   * One message for many connections, encoded once per protocol, by the first thread that writes
   * it.
   */
  static Reply shared(Reply reply) {
    return new SharedReply(reply);
  }

  /** The encoded size of a waiting message in bytes; 0 unless it is {@link #shared}. */
  static long messageBytes(Reply message, Protocol protocol) {
    return message instanceof SharedReply shared ? shared.sizeBytes(protocol) : 0;
  }

  /**
   * Encodes {@code reply} on the calling thread, so that the event loop later only copies bytes.
   * For replies with many elements made on a pool thread. {@code protocol} must be the one the
   * connection speaks when the reply is written.
   */
  static Reply encoded(Protocol protocol, Reply reply) {
    RespWriter writer = new RespWriter(protocol);
    reply.writeTo(writer);
    return new EncodedReply(writer.finish());
  }
}
