package pika.server.commands;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.server.command.Wait;
import pika.storage.key.DataType;
import pika.storage.stream.StreamId;

/**
 * The arguments of XREAD and XREADGROUP: {@code [GROUP group consumer] [COUNT n] [BLOCK ms] [NOACK]
 * STREAMS key... id...}.
 */
final class ReadOptions {

  private static final long DOES_NOT_WAIT = -1;

  private final byte[][] args;
  private final boolean ofGroup;
  private byte @Nullable [] group;
  private byte[] consumer = {};
  private boolean acknowledges = true;
  private long count;
  private long timeoutMs = DOES_NOT_WAIT;
  private int firstKey;
  private int streams;

  private ReadOptions(Call call) {
    this.args = call.args();
    this.ofGroup = call.spec().name().equals("xreadgroup");
  }

  static ReadOptions of(Call call) {
    ReadOptions read = new ReadOptions(call);
    Options options = call.optionsFrom(1);
    while (read.streams == 0) {
      if (options.takeWithValue("BLOCK")) {
        refuseInScript(call);
        read.timeoutMs = timeout(options.next(), call.nowMs());
      } else if (options.takeWithValue("COUNT")) {
        read.count = Math.max(0, options.nextLong());
      } else if (options.takeWithValue("STREAMS")) {
        read.takeStreams(options.remaining());
      } else if (options.remaining() > 2 && options.take("GROUP")) {
        read.require("GROUP");
        read.group = options.next();
        read.consumer = options.next();
      } else if (options.take("NOACK")) {
        read.require("NOACK");
        read.acknowledges = false;
      } else {
        throw CommandException.syntax();
      }
    }
    if (read.ofGroup && read.group == null) {
      throw new CommandException("ERR Missing GROUP option for XREADGROUP");
    }
    return read;
  }

  private static void refuseInScript(Call call) {
    if (call.isInScript()) {
      throw new CommandException(
          "ERR " + call.textArg(0) + " command is not allowed with BLOCK option from scripts");
    }
  }

  private static long timeout(byte[] arg, long nowMs) {
    long timeoutMs = Timeouts.parseMs(arg);
    if (timeoutMs > Long.MAX_VALUE - nowMs) {
      throw new CommandException("ERR timeout is out of range");
    }
    return timeoutMs;
  }

  /** Parses the streams; Redis 7.0 says XREAD in this error even for XREADGROUP. */
  private void takeStreams(int left) {
    if (left % 2 != 0) {
      throw new CommandException("ERR Unbalanced XREAD list of streams: for each stream key an ID"
          + " or '$' must be specified.");
    }
    firstKey = args.length - left;
    streams = left / 2;
  }

  private void require(String option) {
    if (!ofGroup) {
      throw new CommandException("ERR The " + option + " option is only supported by XREADGROUP."
          + " You called XREAD instead.");
    }
  }

  /** Returns the group; only for XREADGROUP. */
  byte[] group() {
    return requireNonNull(group);
  }

  byte[] consumer() {
    return consumer;
  }

  /** Returns whether the consumer will acknowledge the entries. */
  boolean acknowledges() {
    return acknowledges;
  }

  /** Returns the maximum number of entries per stream, 0 for all. */
  long count() {
    return count;
  }

  /** Returns the number of streams. */
  int streams() {
    return streams;
  }

  byte[] key(int i) {
    return args[firstKey + i];
  }

  byte[] id(int i) {
    return args[firstKey + streams + i];
  }

  boolean idIs(int i, String word) {
    return Args.is(id(i), word);
  }

  /** Returns the arguments for one of the streams only, with its first one of these ids. */
  byte[][] only(byte[] key, List<StreamId> ids) {
    int i = 0;
    while (!Arrays.equals(key(i), key)) {
      i++;
    }
    byte[][] one = Arrays.copyOf(args, firstKey + 2);
    one[firstKey] = key;
    one[firstKey + 1] = Args.bytes(ids.get(i).toString());
    return one;
  }

  /**
   * Returns the reply when there is nothing to read: a wait if requested, on terms added by
   * {@code narrow}.
   */
  Reply nothing(Call call, UnaryOperator<Wait> narrow) {
    if (timeoutMs == DOES_NOT_WAIT) {
      return Reply.NULL_ARRAY;
    }
    List<byte[]> keys = Arrays.asList(args).subList(firstKey, firstKey + streams);
    return call.block(narrow.apply(Wait.until(DataType.STREAM, keys, timeoutMs, Reply.NULL_ARRAY)));
  }
}
