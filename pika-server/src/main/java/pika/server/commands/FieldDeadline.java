package pika.server.commands;

import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.string.Expiry;

/** How commands say when a field expires. */
enum FieldDeadline {
  /** In so many seconds. */
  EX(1000, true),
  /** In so many milliseconds. */
  PX(1, true),
  /** At a Unix time in seconds. */
  EXAT(1000, false),
  /** At a Unix time in milliseconds. */
  PXAT(1, false);

  /** The latest moment that Redis has room for. */
  private static final long LATEST_MS = 0xffff_ffff_ffffL >> 2;

  private final long unitMs;
  private final boolean isFromNow;

  FieldDeadline(long unitMs, boolean isFromNow) {
    this.unitMs = unitMs;
    this.isFromNow = isFromNow;
  }

  /** The word at the next argument, over which it steps; null when it is another. */
  static @Nullable FieldDeadline take(Options options) {
    for (FieldDeadline word : values()) {
      if (options.take(word.name())) {
        return word;
      }
    }
    return null;
  }

  /** What a word of a call means; null for another word. */
  static @Nullable FieldDeadline of(byte[] arg) {
    for (FieldDeadline word : values()) {
      if (Args.is(arg, word.name())) {
        return word;
      }
    }
    return null;
  }

  /** Whether an amount that a call was given and took is a moment that has come. */
  boolean isOver(byte[] amount) {
    long value = Args.parseLong(amount);
    return isFromNow ? value == 0 : value * unitMs <= System.currentTimeMillis();
  }

  /** The moment that {@code amount} means, in milliseconds since 1970; it may be over. */
  long atMs(byte[] amount, Call call) {
    long value = Args.parseLong(amount);
    if (value < 0) {
      throw new CommandException("ERR invalid expire time, must be >= 0");
    }
    long baseMs = isFromNow ? call.nowMs() : 0;
    if (value > LATEST_MS / unitMs || value * unitMs > LATEST_MS - baseMs) {
      throw new CommandException(
          "ERR invalid expire time in '" + call.spec().fullName() + "' command");
    }
    return baseMs + value * unitMs;
  }

  /** The same as an expiry. */
  Expiry at(byte[] amount, Call call) {
    return Expiry.at(atMs(amount, call));
  }
}
