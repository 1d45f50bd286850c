package pika.server.commands;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.storage.stream.NewId;
import pika.storage.stream.StreamId;

/** Parses ids of stream entries as Redis does, with C's leniency towards numbers. */
final class StreamIds {
  /** The sequence of a range's end if only its time is given. */
  private static final long GREATEST = -1;

  private static final int MAX_BYTES = 127;
  private static final int RADIX = 10;

  private StreamIds() {}

  /** Parses an id; without a sequence it has sequence 0. */
  static StreamId parse(byte[] arg) {
    return parse(arg, 0);
  }

  /** Parses all arguments from {@code first} on. */
  static List<StreamId> parseAll(Call call, int first) {
    List<StreamId> ids = new ArrayList<>(call.argCount() - first);
    for (int i = first; i < call.argCount(); i++) {
      ids.add(parse(call.arg(i)));
    }
    return ids;
  }

  /** Parses an id; returns null when the argument is none. */
  static @Nullable StreamId parseOrNull(byte[] arg) {
    try {
      return parse(arg);
    } catch (CommandException e) {
      return null;
    }
  }

  /** Parses an id, {@code -} for the lowest or {@code +} for the greatest. */
  static StreamId parseOrEdge(byte[] arg) {
    return parseOrEdge(arg, 0);
  }

  /** Parses the id of XADD: an id, {@code *}, or a time followed by {@code -*}. */
  static NewId parseNew(byte[] arg) {
    if (Args.is(arg, "*")) {
      return NewId.automatic();
    }
    String text = text(arg);
    int dash = text.indexOf('-');
    return dash >= 0 && text.substring(dash + 1).equals("*")
        ? NewId.at(number(text.substring(0, dash)))
        : NewId.of(parse(arg));
  }

  /** Parses the start of a range; exclusive after {@code (}. */
  static StreamId parseStart(byte[] arg) {
    if (!isExclusive(arg)) {
      return parseOrEdge(arg, 0);
    }
    StreamId start = parse(withoutParenthesis(arg), 0).next();
    if (start == null) {
      throw new CommandException("ERR invalid start ID for the interval");
    }
    return start;
  }

  /** Parses the end of a range; exclusive after {@code (}. */
  static StreamId parseEnd(byte[] arg) {
    if (!isExclusive(arg)) {
      return parseOrEdge(arg, GREATEST);
    }
    StreamId end = parse(withoutParenthesis(arg), GREATEST).previous();
    if (end == null) {
      throw new CommandException("ERR invalid end ID for the interval");
    }
    return end;
  }

  private static boolean isExclusive(byte[] arg) {
    return arg.length > 1 && arg[0] == '(';
  }

  private static byte[] withoutParenthesis(byte[] arg) {
    return Arrays.copyOfRange(arg, 1, arg.length);
  }

  private static StreamId parseOrEdge(byte[] arg, long missingSequence) {
    return switch (text(arg)) {
      case "-" -> StreamId.ZERO;
      case "+" -> StreamId.MAX;
      default -> parse(arg, missingSequence);
    };
  }

  private static StreamId parse(byte[] arg, long missingSequence) {
    String text = text(arg);
    int dash = text.indexOf('-');
    return dash < 0
        ? new StreamId(number(text), missingSequence)
        : new StreamId(number(text.substring(0, dash)), number(text.substring(dash + 1)));
  }

  /** Returns the text up to a zero byte, as Redis makes a C string of it. */
  private static String text(byte[] arg) {
    if (arg.length > MAX_BYTES) {
      throw invalid();
    }
    return Args.printed(Args.text(arg));
  }

  /**
   * Parses an unsigned number as strtoull does: blanks, a sign and leading zeros may precede it.
   */
  private static long number(String text) {
    int at = 0;
    while (at < text.length() && Args.isBlank(text.charAt(at))) {
      at++;
    }
    boolean negative = at < text.length() && text.charAt(at) == '-';
    // Redis rejects plain negative numbers before it calls strtoull.
    if (negative && at == 0 && isCanonicalNegative(text)) {
      throw invalid();
    }
    if (negative || (at < text.length() && text.charAt(at) == '+')) {
      at++;
    }
    String digits = text.substring(at);
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw invalid();
    }
    try {
      long value = Long.parseUnsignedLong(digits, RADIX);
      return negative ? -value : value;
    } catch (NumberFormatException e) {
      throw invalid();
    }
  }

  private static boolean isCanonicalNegative(String text) {
    try {
      return Args.parseLong(Args.bytes(text)) < 0;
    } catch (CommandException e) {
      return false;
    }
  }

  private static CommandException invalid() {
    return new CommandException("ERR Invalid stream ID specified as stream command argument");
  }
}
