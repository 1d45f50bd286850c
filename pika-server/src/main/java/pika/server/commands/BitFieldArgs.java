package pika.server.commands;

import java.util.ArrayList;
import java.util.List;
import pika.server.command.Args;
import pika.server.command.CommandException;
import pika.storage.bitmap.BitField;
import pika.storage.bitmap.BitField.Sign;
import pika.storage.bitmap.FieldStep;
import pika.storage.bitmap.FieldStep.Action;
import pika.storage.bitmap.Overflow;

/** Parses the arguments of BITFIELD, and bit offsets, which other commands take as well. */
final class BitFieldArgs {
  private static final String WRONG_OFFSET = "ERR bit offset is not an integer or out of range";
  private static final String WRONG_TYPE =
      "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but"
          + " i64 is.";
  private static final int FIRST = 2;

  private final byte[][] args;
  private final long maxBytes;
  private final List<FieldStep> steps = new ArrayList<>();
  private Overflow overflow = Overflow.WRAP;
  private int next = FIRST;

  private BitFieldArgs(byte[][] args, long maxBytes) {
    this.args = args;
    this.maxBytes = maxBytes;
  }

  /** Parses the steps after the key, for a bitmap of at most {@code maxBytes}. */
  static List<FieldStep> parse(byte[][] args, long maxBytes) {
    BitFieldArgs parser = new BitFieldArgs(args, maxBytes);
    while (parser.next < args.length) {
      parser.takeStep();
    }
    return parser.steps;
  }

  /** Parses the position of a bit in a bitmap of at most {@code maxBytes}. */
  static long bitOffset(byte[] arg, long maxBytes) {
    return inBitmap(Args.parseLong(arg, WRONG_OFFSET), maxBytes);
  }

  private void takeStep() {
    int left = args.length - next - 1;
    if (left >= 2 && is("GET")) {
      takeStep(Action.GET);
    } else if (left >= 3 && is("SET")) {
      takeStep(Action.SET);
    } else if (left >= 3 && is("INCRBY")) {
      takeStep(Action.INCREMENT);
    } else if (left >= 1 && is("OVERFLOW")) {
      overflow = overflow(args[next + 1]);
      next += 2;
    } else {
      throw CommandException.syntax();
    }
  }

  private void takeStep(Action action) {
    BitField field = field(args[next + 1]);
    long offset = fieldOffset(args[next + 2], field);
    long operand = action == Action.GET ? 0 : Args.parseLong(args[next + 3]);
    steps.add(new FieldStep(action, field, offset, operand, overflow));
    next += action == Action.GET ? 3 : 4;
  }

  private boolean is(String word) {
    return Args.is(args[next], word);
  }

  private static Overflow overflow(byte[] arg) {
    if (Args.is(arg, "WRAP")) {
      return Overflow.WRAP;
    }
    if (Args.is(arg, "SAT")) {
      return Overflow.SATURATE;
    }
    if (Args.is(arg, "FAIL")) {
      return Overflow.FAIL;
    }
    throw new CommandException("ERR Invalid OVERFLOW type specified");
  }

  /** Parses a type like {@code i16} or {@code u8}. */
  private static BitField field(byte[] arg) {
    String text = Args.text(arg);
    if (!text.startsWith("i") && !text.startsWith("u")) {
      throw new CommandException(WRONG_TYPE);
    }
    Sign sign = text.startsWith("i") ? Sign.SIGNED : Sign.UNSIGNED;
    long bits = Args.parseLong(Args.bytes(text.substring(1)), WRONG_TYPE);
    if (!BitField.exists(sign, bits)) {
      throw new CommandException(WRONG_TYPE);
    }
    return new BitField(sign, (int) bits);
  }

  /**
   * Parses a position in bits, or {@code #n}: the position of the n-th of consecutive fields of
   * this type.
   */
  private long fieldOffset(byte[] arg, BitField field) {
    if (arg.length == 0 || arg[0] != '#') {
      return bitOffset(arg, maxBytes);
    }
    long index = Args.parseLong(Args.bytes(Args.text(arg).substring(1)), WRONG_OFFSET);
    if (index < 0 || index > Long.MAX_VALUE / field.bits()) {
      throw new CommandException(WRONG_OFFSET);
    }
    return inBitmap(index * field.bits(), maxBytes);
  }

  private static long inBitmap(long bitOffset, long maxBytes) {
    if (bitOffset < 0 || bitOffset / Byte.SIZE >= maxBytes) {
      throw new CommandException(WRONG_OFFSET);
    }
    return bitOffset;
  }
}
