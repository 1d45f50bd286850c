package pika.server.commands;

import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.stream.NewId;
import pika.storage.stream.StreamId;
import pika.storage.stream.Trim;

/**
 * The options of XTRIM, and those of XADD up to the id. Errors are reported in Redis' order, before
 * any key is read.
 */
final class TrimOptions {
  /** Maximum number of blocks trimmed by one command that trims approximately without a limit. */
  private static final long DEFAULT_BLOCKS = 100;

  private enum Strategy {
    NONE,
    MAXLEN,
    MINID
  }

  private Strategy strategy = Strategy.NONE;
  private boolean byBlocks;
  private long maxLength;
  private StreamId minId = StreamId.ZERO;
  private boolean limitGiven;
  private long limit;
  private boolean createsStream = true;
  private @Nullable NewId id;

  private TrimOptions() {}

  /** Parses {@code [NOMKSTREAM] [MAXLEN|MINID [=|~] threshold [LIMIT count]] id}. */
  static TrimOptions ofAdd(Options options) {
    TrimOptions read = new TrimOptions();
    while (options.hasNext() && read.id == null) {
      if (read.trimming(options)) {
        continue;
      }
      if (options.take("NOMKSTREAM")) {
        read.createsStream = false;
      } else {
        read.id = StreamIds.parseNew(options.next());
      }
    }
    read.checkLimit();
    read.checkPrecision();
    return read;
  }

  /** Parses {@code MAXLEN|MINID [=|~] threshold [LIMIT count]}. */
  static TrimOptions ofTrim(Options options) {
    TrimOptions read = new TrimOptions();
    while (options.hasNext()) {
      if (!read.trimming(options)) {
        throw CommandException.syntax();
      }
    }
    read.checkLimit();
    if (read.strategy == Strategy.NONE) {
      throw new CommandException("ERR syntax error, XTRIM must be called with a trimming strategy");
    }
    read.checkPrecision();
    return read;
  }

  /** Returns whether a missing stream is created. */
  boolean createsStream() {
    return createsStream;
  }

  /** Returns the id of XADD; null when the arguments ended before it. */
  @Nullable
  NewId id() {
    return id;
  }

  /**
   * Returns what to trim; null for nothing. {@code blockEntries} is the block size if trimming is
   * approximate.
   */
  @Nullable
  Trim trim(int blockEntries) {
    int block = byBlocks ? blockEntries : Trim.EXACTLY;
    long most = byBlocks && !limitGiven ? DEFAULT_BLOCKS * blockEntries : limit;
    return switch (strategy) {
      case NONE -> null;
      case MAXLEN -> Trim.toLength(maxLength, block, most);
      case MINID -> Trim.toId(minId, block, most);
    };
  }

  private boolean trimming(Options options) {
    if (options.takeWithValue("MAXLEN")) {
      begin(Strategy.MAXLEN, options);
      maxLength = options.nextLong();
      if (maxLength < 0) {
        throw new CommandException("ERR The MAXLEN argument must be >= 0.");
      }
    } else if (options.takeWithValue("MINID")) {
      begin(Strategy.MINID, options);
      minId = StreamIds.parse(options.next());
    } else if (options.takeWithValue("LIMIT")) {
      limit = options.nextLong();
      if (limit < 0) {
        throw new CommandException("ERR The LIMIT argument must be >= 0.");
      }
      limitGiven = true;
    } else {
      return false;
    }
    return true;
  }

  private void begin(Strategy wanted, Options options) {
    if (strategy != Strategy.NONE) {
      throw new CommandException(
          "ERR syntax error, MAXLEN and MINID options at the same time are not compatible");
    }
    strategy = wanted;
    byBlocks = options.takeWithValue("~");
    if (!byBlocks) {
      options.takeWithValue("=");
    }
  }

  private void checkLimit() {
    if (limit > 0 && strategy == Strategy.NONE) {
      throw new CommandException(
          "ERR syntax error, LIMIT cannot be used without specifying a trimming strategy");
    }
  }

  private void checkPrecision() {
    if (limitGiven && !byBlocks) {
      throw new CommandException(
          "ERR syntax error, LIMIT cannot be used without the special ~ option");
    }
  }

  /** Returns whether trimming is approximate: then a command has a bounded amount of work. */
  static boolean isBounded(byte[][] args) {
    for (byte[] arg : args) {
      if (Args.is(arg, "~")) {
        return true;
      }
    }
    return false;
  }
}
