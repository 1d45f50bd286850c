package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.STRING;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.range;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.storage.bytes.Slice;
import pika.storage.key.WrongTypeException;
import pika.storage.string.Lcs;
import pika.storage.string.StringLimits;
import pika.storage.string.StringValue;
import pika.storage.string.Strings;

/** Parts of strings: APPEND, GETRANGE, SETRANGE and LCS. */
final class SubstringCommands implements Family {
  private static final String BY_LENGTH = "O(N) where N is the length of the returned string";

  private final StringDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  SubstringCommands(Supplier<StringLimits> limits) {
    this.door = new StringDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        read("strlen", 2, first(RO), FAST)
            .is(STRING, "2.2.0", "O(1)", "Returns the length of a string.", "key")
            .runs(call -> Reply.integer(door.strings(call).length(call.arg(1)))),
        write("append", 3, first(RW, INSERT), DENYOOM, FAST)
            .is(
                STRING,
                "2.0.0",
                "O(M) where M is the length of the value given; short strings are"
                    + " copied as a whole",
                "Appends to a string, creating the key if needed.",
                "key value")
            .placed(Size::place)
            .runs(this::append),
        write("setrange", 4, first(RW, UPDATE), DENYOOM)
            .is(
                STRING,
                "2.2.0",
                "O(M) where M is the length of the value given; short strings are"
                    + " copied as a whole",
                "Overwrites part of a string from an offset on.",
                "key offset:integer value")
            .placed(Size::place)
            .runs(this::setrange),
        read("getrange", 4, first(RO, ACCESS))
            .is(
                STRING,
                "2.4.0",
                BY_LENGTH,
                "Returns the substring between two offsets.",
                "key start:integer end:integer")
            .runs(this::getrange),
        read("substr", 4, first(RO, ACCESS))
            .is(
                STRING,
                "1.0.0",
                BY_LENGTH,
                "Returns the substring between two offsets.",
                "key start:integer end:integer")
            .replacedBy("`GETRANGE`", "2.0.0")
            .runs(this::getrange),
        read("lcs", -3, range(1, 1, 1, RO, ACCESS))
            .is(
                STRING,
                "7.0.0",
                "O(N*M) where N and M are the lengths of s1 and s2, respectively",
                "Returns the longest common subsequence of two strings.",
                "key1:key key2:key [LEN] [IDX] [MINMATCHLEN len:integer] [WITHMATCHLEN]")
            .slow()
            .runs(this::lcs));
  }

  private Reply append(Call call) {
    return Reply.integer(door.strings(call).append(call.arg(1), call.arg(2)));
  }

  private Reply setrange(Call call) {
    long offset = call.longArg(2);
    if (offset < 0) {
      throw new CommandException("ERR offset is out of range");
    }
    return Reply.integer(door.strings(call).setRange(call.arg(1), offset, call.arg(3)));
  }

  private Reply getrange(Call call) {
    long start = call.longArg(2);
    long end = call.longArg(3);
    return StringDoor.reply(door.strings(call).getRange(call.arg(1), start, end));
  }

  private Reply lcs(Call call) {
    Strings strings = door.strings(call);
    StringValue a = findForLcs(strings, call.arg(1));
    StringValue b = findForLcs(strings, call.arg(2));
    LcsOptions options = LcsOptions.of(call.optionsFrom(3));
    long tableBytes = Lcs.tableBytes(length(a), length(b));
    if (tableBytes > door.limits().maxBytes()) {
      throw new CommandException(
          "ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
    }
    return options.reply(all(a), all(b));
  }

  private static @Nullable StringValue findForLcs(Strings strings, byte[] key) {
    try {
      return strings.find(key);
    } catch (WrongTypeException e) {
      throw new CommandException("ERR The specified keys must contain string values");
    }
  }

  private static long length(@Nullable StringValue value) {
    return value == null ? 0 : value.length();
  }

  private static Slice all(@Nullable StringValue value) {
    return value == null ? Slice.empty() : value.all();
  }

  /** The options of LCS. Runs shorter than {@code minMatch} are omitted. */
  private record LcsOptions(boolean length, boolean runs, long minMatch, boolean runLengths) {

    static LcsOptions of(Options options) {
      boolean length = false;
      boolean runs = false;
      long minMatch = 0;
      boolean runLengths = false;
      while (options.hasNext()) {
        if (options.take("LEN")) {
          length = true;
        } else if (options.take("IDX")) {
          runs = true;
        } else if (options.take("WITHMATCHLEN")) {
          runLengths = true;
        } else if (options.takeWithValue("MINMATCHLEN")) {
          minMatch = options.nextLong();
        } else {
          throw CommandException.syntax();
        }
      }
      if (length && runs) {
        throw new CommandException(
            "ERR If you want both the length and indexes, please just use IDX.");
      }
      return new LcsOptions(length, runs, minMatch, runLengths);
    }

    Reply reply(Slice a, Slice b) {
      if (length) {
        return Reply.integer(Lcs.length(a, b));
      }
      Lcs lcs = Lcs.of(a, b);
      return runs ? runs(lcs) : Reply.bulk(lcs.text());
    }

    private Reply runs(Lcs lcs) {
      List<Reply> found = new ArrayList<>();
      for (Lcs.Match match : lcs.matches()) {
        if (match.length() >= minMatch) {
          List<Reply> run = new ArrayList<>();
          run.add(ends(match.inA(), match.length()));
          run.add(ends(match.inB(), match.length()));
          if (runLengths) {
            run.add(Reply.integer(match.length()));
          }
          found.add(Reply.array(run));
        }
      }
      Reply total = Reply.integer(lcs.length());
      return Reply.map(
          List.of(Reply.bulk("matches"), Reply.array(found), Reply.bulk("len"), total));
    }

    private static Reply ends(int first, int length) {
      return Reply.array(Reply.integer(first), Reply.integer(first + length - 1));
    }
  }
}
