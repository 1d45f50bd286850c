package pika.server.commands;

import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;

/** The options by which commands that set a value specify its expiry. */
enum ExpiryWord {
  /** Relative, in seconds. */
  EX(1000, Origin.NOW),
  /** Relative, in milliseconds. */
  PX(1, Origin.NOW),
  /** At a Unix time in seconds. */
  EXAT(1000, Origin.EPOCH),
  /** At a Unix time in milliseconds. */
  PXAT(1, Origin.EPOCH);

  private enum Origin {
    NOW,
    EPOCH
  }

  private final long unitMs;
  private final Origin origin;

  ExpiryWord(long unitMs, Origin origin) {
    this.unitMs = unitMs;
    this.origin = origin;
  }

  /** Consumes the next option if it is one of these and followed by a value. */
  static @Nullable ExpiryWord take(Options options) {
    for (ExpiryWord word : values()) {
      if (options.takeWithValue(word.name())) {
        return word;
      }
    }
    return null;
  }

  /** Returns the time that {@code amount} specifies, in milliseconds since 1970. */
  long atMs(byte[] amount, Call call) {
    long value = Args.parseLong(amount);
    long base = origin == Origin.NOW ? call.nowMs() : 0;
    if (value <= 0 || value > Long.MAX_VALUE / unitMs || value * unitMs > Long.MAX_VALUE - base) {
      String name = call.spec().fullName();
      throw new CommandException("ERR invalid expire time in '" + name + "' command");
    }
    return base + value * unitMs;
  }
}
