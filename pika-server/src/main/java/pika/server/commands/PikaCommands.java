package pika.server.commands;

import static pika.server.command.AclCategory.DANGEROUS;
import static pika.server.command.AclCategory.KEYSPACE;
import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.GENERIC;
import static pika.server.command.Group.STRING;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.NONE;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.List;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.storage.bytes.Glob;
import pika.storage.keys.KeyFilter;
import pika.storage.keys.KeySearch;
import pika.storage.keys.Keys;
import pika.storage.keys.ScanPage;
import pika.storage.string.Comparison;
import pika.storage.string.Expiry;
import pika.storage.string.SetCondition;
import pika.storage.string.StringLimits;
import pika.storage.string.Strings;

/** Commands of Pika that Redis lacks: SCANX, PKPATTERNMATCHDEL, PKSETEXAT, DELVX. */
final class PikaCommands implements Family {
  private static final String SINCE = "0.1.0";

  /** Keys that one call removes at most: they are one commit, which is held in memory. */
  private static final long MOST_REMOVED = 100_000;

  /** Keys read at a time. */
  private static final long PAGE = 1000;

  private final StringDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  PikaCommands(Supplier<StringLimits> limits) {
    this.door = new StringDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        read("scanx", -3, NONE)
            .is(
                GENERIC,
                SINCE,
                "O(1) for every call, O(N) for a complete scan",
                "Iterates over the keys of one type with a cursor.",
                "type cursor:integer [MATCH pattern:pattern] [COUNT count:integer]")
            .onPool()
            .runs(this::scan),
        write("pkpatternmatchdel", -2, NONE)
            .is(
                GENERIC,
                SINCE,
                "O(N) where N is the number of keys in the database",
                "Deletes at most 100,000 keys that match a pattern and returns how"
                    + " many were deleted.",
                "pattern:pattern [type|count:integer]")
            .categories(KEYSPACE, DANGEROUS)
            .slow()
            .runs(this::removeMatching),
        write("pksetexat", 4, first(OW, UPDATE), DENYOOM)
            .is(
                STRING,
                SINCE,
                "O(1)",
                "Sets a string with its expiration as a Unix time in seconds.",
                "key unix-time-seconds:unix-time value")
            .placed(Size::place)
            .runs(this::setUntil),
        write("delvx", 3, first(RW, ACCESS, DELETE), FAST)
            .is(
                STRING,
                SINCE,
                "O(N) where N is the length of the string",
                "Deletes a string only if it equals a value: returns 1 if deleted,"
                    + " -1 if it differs, 0 if there is no such key.",
                "key value")
            .runs(this::removeIfEqual));
  }

  private Reply scan(Call call) {
    String type = RangeScanCommands.type(call.textArg(1)).redisName();
    long position = ScanCommands.cursor(call.arg(2));
    ScanOptions scan = ScanOptions.of(call.optionsFrom(3));
    KeyFilter filter = new KeyFilter(scan.pattern(), type);
    return ScanCommands.page(new KeySearch(call.keyspace()).scan(position, scan.count(), filter));
  }

  /** Parses the arguments: Pika 3 has a type after the pattern, Pika 4 a number. */
  private Reply removeMatching(Call call) {
    if (call.argCount() > 3) {
      throw CommandException.syntax();
    }
    String type = null;
    long most = MOST_REMOVED;
    if (call.argCount() == 3 && !call.textArg(2).isEmpty()) {
      if (Character.isLetter(call.textArg(2).charAt(0))) {
        type = RangeScanCommands.type(call.textArg(2)).redisName();
      } else {
        most = Math.min(most, call.positiveArg(2));
      }
    }
    return Reply.integer(remove(call, new KeyFilter(Glob.compile(call.arg(1)), type), most));
  }

  private static long remove(Call call, KeyFilter filter, long most) {
    KeySearch search = new KeySearch(call.keyspace());
    Keys keys = new Keys(call.keyspace());
    long removed = 0;
    long position = KeySearch.START;
    do {
      ScanPage page = search.scan(position, PAGE, filter);
      for (byte[] key : page.keys()) {
        if (removed < most && keys.delete(key)) {
          removed++;
        }
      }
      position = page.next();
    } while (position != KeySearch.START && removed < most);
    return removed;
  }

  private Reply setUntil(Call call) {
    Expiry expiry = Expiry.at(ExpiryWord.EXAT.atMs(call.arg(2), call));
    door.strings(call).set(call.arg(1), call.arg(3), SetCondition.ALWAYS, expiry);
    return Reply.OK;
  }

  private Reply removeIfEqual(Call call) {
    Strings strings = door.strings(call);
    Comparison found = Comparison.of(strings.get(call.arg(1)), call.arg(2));
    if (found == Comparison.EQUAL) {
      call.keyspace().delete(call.arg(1));
    }
    return answer(found);
  }

  /** Returns Pika's reply to a change that depends on the value. */
  static Reply answer(Comparison found) {
    return switch (found) {
      case EQUAL -> Reply.ONE;
      case ABSENT -> Reply.ZERO;
      case DIFFERENT -> Reply.integer(-1);
    };
  }
}
