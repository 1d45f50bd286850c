package pika.server.commands;

import static pika.server.command.AclCategory.DANGEROUS;
import static pika.server.command.AclCategory.LIST;
import static pika.server.command.AclCategory.SET;
import static pika.server.command.AclCategory.SORTEDSET;
import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Group.GENERIC;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.fromData;
import static pika.server.command.Keys.sortTarget;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.acl.Access;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.sort.Pattern;
import pika.storage.sort.SortOrder;
import pika.storage.sort.SortOrder.Direction;
import pika.storage.sort.SortOrder.Weight;
import pika.storage.sort.Sorting;
import pika.storage.sort.Sorting.Part;

/** SORT and SORT_RO. */
final class SortCommands implements Family {
  private static final String COMPLEXITY =
      "O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number"
          + " of returned elements. When the elements are not sorted, complexity is O(N).";
  private static final String SYNTAX =
      "key [BY pattern:pattern] [LIMIT (offset:integer count:integer)] [GET pattern:pattern]..."
          + " [ASC|DESC] [ALPHA]";

  private final Supplier<TypeLimits> limits;

  /** Creates the family; {@code limits} supplies the limits in force. */
  SortCommands(Supplier<TypeLimits> limits) {
    this.limits = limits;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        write(
                "sort",
                -2,
                first(RO, ACCESS).and(fromData(RO, ACCESS)).and(sortTarget(OW, UPDATE)),
                DENYOOM)
            .is(
                GENERIC,
                "1.0.0",
                COMPLEXITY,
                "Sorts the elements of a list, set or sorted set and returns or stores the result.",
                SYNTAX + " [STORE destination:key]")
            .categories(SET, SORTEDSET, LIST, DANGEROUS)
            .slow()
            .events(EventNaming.storing("sortstore"))
            .runs(call -> sort(call, SortOptions.withStore(call))),
        read("sort_ro", -2, first(RO, ACCESS).and(fromData(RO, ACCESS)))
            .is(
                GENERIC,
                "7.0.0",
                COMPLEXITY,
                "Returns the sorted elements of a list, set or sorted set.",
                SYNTAX)
            .categories(SET, SORTEDSET, LIST, DANGEROUS)
            .slow()
            .runs(call -> sort(call, SortOptions.withoutStore(call))));
  }

  private Reply sort(Call call, SortOptions options) {
    Sorting sorting = new Sorting(call.keyspace(), limits.get(), SortCommands::weight);
    byte[] target = options.target;
    if (target != null) {
      return Reply.integer(
          sorting.sortInto(target, call.arg(1), options.order(), options.part, options.gets));
    }
    List<@Nullable Slice> sorted = call.isInScript()
        ? sorting.sortAlways(call.arg(1), options.order(), options.part, options.gets)
        : sorting.sort(call.arg(1), options.order(), options.part, options.gets);
    List<Reply> replies = new ArrayList<>();
    for (Slice value : sorted) {
      replies.add(ListDoor.reply(value));
    }
    return Reply.array(replies);
  }

  /**
   * Parses a weight as C's strtod does: after blanks, up to the first zero byte, and an empty text
   * is zero.
   */
  private static double weight(byte[] text) {
    String printed = Args.printed(Args.text(text));
    int start = 0;
    while (start < printed.length() && Args.isBlank(printed.charAt(start))) {
      start++;
    }
    return printed.isEmpty() ? 0 : Args.doubleOrNaN(printed.substring(start));
  }

  /** The options after the key, parsed in one go: the first error is reported. */
  private static final class SortOptions {
    private final Call call;
    private final List<Pattern> gets = new ArrayList<>();
    private @Nullable Pattern by;
    private Weight weight = Weight.NUMBER;
    private Direction direction = Direction.ASCENDING;
    private Part part = Part.ALL;
    private byte @Nullable [] target;

    private SortOptions(Call call) {
      this.call = call;
    }

    static SortOptions withStore(Call call) {
      SortOptions read = new SortOptions(call);
      Options options = call.optionsFrom(2);
      while (options.hasNext()) {
        if (options.takeWithValue("STORE")) {
          read.target = options.next();
        } else {
          read.next(options);
        }
      }
      return read;
    }

    static SortOptions withoutStore(Call call) {
      SortOptions read = new SortOptions(call);
      Options options = call.optionsFrom(2);
      while (options.hasNext()) {
        read.next(options);
      }
      return read;
    }

    private void next(Options options) {
      if (options.take("ASC")) {
        direction = Direction.ASCENDING;
      } else if (options.take("DESC")) {
        direction = Direction.DESCENDING;
      } else if (options.take("ALPHA")) {
        weight = Weight.BYTES;
      } else if (options.remaining() > 2 && options.take("LIMIT")) {
        part = new Part(options.nextLong(), options.nextLong());
      } else if (options.takeWithValue("BY")) {
        by = Pattern.of(options.next());
        if (!by.isConstant()) {
          requireAllKeys("BY");
        }
      } else if (options.takeWithValue("GET")) {
        requireAllKeys("GET");
        gets.add(Pattern.of(options.next()));
      } else {
        throw CommandException.syntax();
      }
    }

    /** Checks that the user may read all keys, since the data determines which are read. */
    private void requireAllKeys(String option) {
      if (!Access.allowsReadingAllKeys(call.session(), call.spec(), call.args())) {
        throw new CommandException(
            "ERR " + option + " option of SORT denied due to insufficient ACL permissions.");
      }
    }

    SortOrder order() {
      return new SortOrder(by, weight, direction);
    }
  }
}
