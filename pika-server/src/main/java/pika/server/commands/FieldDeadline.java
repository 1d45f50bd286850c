package pika.server.commands;

import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.string.Expiry;

/** The options by which commands specify when a field expires. */
enum FieldDeadline {
  /** Relative, in seconds. */
  EX(1000, true),
  /** Relative, in milliseconds. */
  PX(1, true),
  /** At a Unix time in seconds. */
  EXAT(1000, false),
  /** At a Unix time in milliseconds. */
  PXAT(1, false);

  /** The latest time that Redis can represent. */
  private static final long LATEST_MS = 0xffff_ffff_ffffL >> 2;

  private final long unitMs;
  private final boolean isFromNow;

  FieldDeadline(long unitMs, boolean isFromNow) {
    this.unitMs = unitMs;
    this.isFromNow = isFromNow;
  }

  /** Consumes the next argument if it is one of these; otherwise returns null. */
  static @Nullable FieldDeadline take(Options options) {
    for (FieldDeadline word : values()) {
      if (options.take(word.name())) {
        return word;
      }
    }
    return null;
  }

  /** Returns the option that an argument names, null for none. */
  static @Nullable FieldDeadline of(byte[] arg) {
    for (FieldDeadline word : values()) {
      if (Args.is(arg, word.name())) {
        return word;
      }
    }
    return null;
  }

  /** Returns whether a valid amount of an executed call specifies a time that has come. */
  boolean isOver(byte[] amount) {
    long value = Args.parseLong(amount);
    return isFromNow ? value == 0 : value * unitMs <= System.currentTimeMillis();
  }

  /**
   * Returns the time that {@code amount} specifies, in milliseconds since 1970; it may be in the
   * past.
   */
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

  /** Like {@link #atMs}, as an {@link Expiry}. */
  Expiry at(byte[] amount, Call call) {
    return Expiry.at(atMs(amount, call));
  }
}
