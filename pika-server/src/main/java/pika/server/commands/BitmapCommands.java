package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.BITMAP;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.KeyFlag;
import pika.server.command.Keys;
import pika.server.command.Place;
import pika.server.command.Row;
import pika.storage.bitmap.BitOperation;
import pika.storage.bitmap.BitUnit;
import pika.storage.bitmap.FieldStep;
import pika.storage.key.KeyChange;
import pika.storage.key.KeyRecord;
import pika.storage.string.IndexRange;
import pika.storage.string.StringLimits;
import pika.storage.string.StringValue;

/** Strings as arrays of bits. */
final class BitmapCommands implements Family {
  private static final EventNaming SETBIT_IF_CHANGED = (args, changes, teller) -> {
    for (KeyChange change : changes) {
      if (!isUnchanged(change)) {
        EventNaming.name(change, change.silent() ? List.of() : List.of("setbit"), teller);
      }
    }
  };

  private final StringDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  BitmapCommands(Supplier<StringLimits> limits) {
    this.door = new StringDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        write("setbit", 4, first(RW, ACCESS, UPDATE), DENYOOM)
            .is(
                BITMAP,
                "2.2.0",
                "O(1)",
                "Sets or clears the bit at an offset and returns its previous value.",
                "key offset:integer value:integer")
            .events(SETBIT_IF_CHANGED)
            .runs(this::setbit),
        read("getbit", 3, first(RO, ACCESS), FAST)
            .is(BITMAP, "2.2.0", "O(1)", "Returns the bit at an offset.", "key offset:integer")
            .runs(this::getbit),
        read("bitcount", -2, first(RO, ACCESS))
            .is(
                BITMAP,
                "2.6.0",
                "O(N)",
                "Returns the number of bits set in a string or in a range of it.",
                "key [start:integer end:integer [BYTE|BIT]]")
            .slowIfLarge()
            .runs(this::bitcount),
        read("bitpos", -3, first(RO, ACCESS))
            .is(
                BITMAP,
                "2.8.7",
                "O(N)",
                "Returns the position of the first bit that is set or clear.",
                "key bit:integer [start:integer [end:integer [BYTE|BIT]]]")
            .slowIfLarge()
            .runs(this::bitpos),
        write("bitop", -4, second(OW, UPDATE).and(Keys.from(3, RO, ACCESS)), DENYOOM)
            .is(
                BITMAP,
                "2.6.0",
                "O(N)",
                "Stores the result of a bitwise operation on strings.",
                "operation destkey:key key...")
            .placed(args -> Size.place(args).and(Place.SLOW_IF_LARGE))
            .events(EventNaming.storing("set"))
            .runs(this::bitop),
        write(
                "bitfield",
                -2,
                first(RW, ACCESS, UPDATE).varying(BitmapCommands::keyFlagsOfBitfield),
                DENYOOM)
            .is(
                BITMAP,
                "3.2.0",
                "O(1) for each subcommand specified",
                "Reads, sets and increments integers of arbitrary bit width inside a string.",
                "key [GET (encoding offset:integer)|([OVERFLOW (WRAP|SAT|FAIL)]"
                    + " (SET (encoding offset:integer value:integer)"
                    + "|INCRBY (encoding offset:integer increment:integer)))]...")
            .placed(Size::place)
            .events(SETBIT_IF_CHANGED)
            .runs(this::bitfield),
        read("bitfield_ro", -2, first(RO, ACCESS), FAST)
            .is(
                BITMAP,
                "6.0.0",
                "O(1) for each subcommand specified",
                "Reads integers of arbitrary bit width inside a string.",
                "key [GET (encoding offset:integer)]...")
            .placed(Size::place)
            .runs(this::bitfieldRo));
  }

  private Reply setbit(Call call) {
    long offset = BitFieldArgs.bitOffset(call.arg(2), door.limits().maxBytes());
    long bit = Args.parseLong(call.arg(3), "ERR bit is not an integer or out of range");
    if (bit != 0 && bit != 1) {
      throw new CommandException("ERR bit is not an integer or out of range");
    }
    return Reply.integer(door.bitmaps(call).setBit(call.arg(1), offset, (int) bit));
  }

  private Reply getbit(Call call) {
    long offset = BitFieldArgs.bitOffset(call.arg(2), door.limits().maxBytes());
    return Reply.integer(door.bitmaps(call).getBit(call.arg(1), offset));
  }

  private Reply bitcount(Call call) {
    StringValue value = door.strings(call).find(call.arg(1));
    if (value == null) {
      return Reply.ZERO;
    }
    IndexRange range = IndexRange.all(value.length());
    BitUnit unit = BitUnit.BYTE;
    if (call.argCount() > 2) {
      requireArgs(call, 4, 5);
      long start = call.longArg(2);
      long end = call.longArg(3);
      if (start < 0 && end < 0 && start > end) {
        return Reply.ZERO;
      }
      unit = unit(call, 4);
      range = IndexRange.of(start, end, unit.lengthOf(value.length()));
    }
    return Reply.integer(door.bitmaps(call).count(value, range, unit));
  }

  private Reply bitpos(Call call) {
    int bit = bitArg(call);
    StringValue value = door.strings(call).find(call.arg(1));
    if (value == null) {
      return Reply.integer(bit == 1 ? -1 : 0);
    }
    requireArgs(call, 3, 6);
    long start = call.argCount() > 3 ? call.longArg(3) : 0;
    BitUnit unit = unit(call, 5);
    long length = unit.lengthOf(value.length());
    if (call.argCount() > 4) {
      IndexRange range = IndexRange.of(start, call.longArg(4), length);
      return Reply.integer(door.bitmaps(call).position(value, bit, range, unit));
    }
    IndexRange rest = IndexRange.of(start, -1, length);
    return Reply.integer(door.bitmaps(call).positionToEnd(value, bit, rest));
  }

  /**
   * Returns whether a string is known to be unchanged, which is only the case if it is stored in
   * its record.
   */
  private static boolean isUnchanged(KeyChange change) {
    KeyRecord before = change.before();
    KeyRecord after = change.after();
    return before != null
        && after != null
        && !after.hasRows()
        && Arrays.equals(before.payload(), after.payload());
  }

  private static int bitArg(Call call) {
    long bit = call.longArg(2);
    if (bit != 0 && bit != 1) {
      throw new CommandException("ERR The bit argument must be 1 or 0.");
    }
    return (int) bit;
  }

  /** Returns the unit named by argument {@code index}; bytes when there is no such argument. */
  private static BitUnit unit(Call call, int index) {
    if (index >= call.argCount() || call.argIs(index, "BYTE")) {
      return BitUnit.BYTE;
    }
    if (call.argIs(index, "BIT")) {
      return BitUnit.BIT;
    }
    throw CommandException.syntax();
  }

  private static void requireArgs(Call call, int fewest, int most) {
    if (call.argCount() < fewest || call.argCount() > most) {
      throw CommandException.syntax();
    }
  }

  private Reply bitop(Call call) {
    BitOperation operation = operationArg(call);
    List<byte[]> sources = Arrays.asList(call.args()).subList(3, call.argCount());
    if (operation == BitOperation.NOT && sources.size() != 1) {
      throw new CommandException("ERR BITOP NOT must be called with a single source key.");
    }
    return Reply.integer(door.bitmaps(call).combine(operation, call.arg(2), sources));
  }

  private static BitOperation operationArg(Call call) {
    for (BitOperation operation : BitOperation.values()) {
      if (call.argIs(1, operation.name())) {
        return operation;
      }
    }
    throw CommandException.syntax();
  }

  private Reply bitfield(Call call) {
    return fields(call, BitFieldArgs.parse(call.args(), door.limits().maxBytes()));
  }

  private Reply bitfieldRo(Call call) {
    List<FieldStep> steps = BitFieldArgs.parse(call.args(), door.limits().maxBytes());
    if (steps.stream().anyMatch(FieldStep::writes)) {
      throw new CommandException("ERR BITFIELD_RO only supports the GET subcommand");
    }
    return fields(call, steps);
  }

  private Reply fields(Call call, List<FieldStep> steps) {
    List<Reply> answers = door.bitmaps(call).fields(call.arg(1), steps).stream()
        .map(answer -> answer == null ? Reply.NULL : Reply.integer(answer))
        .toList();
    return Reply.array(answers);
  }

  /** Returns the key flags of BITFIELD, which only reads if all its steps are GET. */
  private static Set<KeyFlag> keyFlagsOfBitfield(byte[][] args) {
    for (int i = 2; i < args.length; i += 3) {
      if (!Args.is(args[i], "GET")) {
        return EnumSet.of(RW, ACCESS, UPDATE);
      }
    }
    return EnumSet.of(RO, ACCESS);
  }
}
