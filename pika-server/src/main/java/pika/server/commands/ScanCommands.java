package pika.server.commands;

import static pika.server.command.AclCategory.DANGEROUS;
import static pika.server.command.AclCategory.KEYSPACE;
import static pika.server.command.Group.GENERIC;
import static pika.server.command.Keys.NONE;
import static pika.server.command.Row.read;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.storage.bytes.Glob;
import pika.storage.keys.KeyFilter;
import pika.storage.keys.KeySearch;
import pika.storage.keys.ScanPage;

/** Iteration over the keys of a database: KEYS, SCAN, RANDOMKEY. */
final class ScanCommands implements Family {
  @Override
  public List<Row> commands() {
    return List.of(
        read("keys", 2, NONE)
            .is(
                GENERIC,
                "1.0.0",
                "O(N) where N is the number of keys in the database, or of those that begin with"
                    + " the letters before the pattern's first wildcard",
                "Returns all keys that match a pattern.",
                "pattern:pattern")
            .categories(KEYSPACE, DANGEROUS)
            .tips("request_policy:all_shards", "nondeterministic_output_order")
            .slow()
            .runs(this::keys),
        read("scan", -2, NONE)
            .is(
                GENERIC,
                "2.8.0",
                "O(1) for every call, O(N) for a complete scan",
                "Iterates over the keys of the selected database with a cursor.",
                "cursor:integer [MATCH pattern:pattern] [COUNT count:integer] [TYPE type]")
            .tips("nondeterministic_output", "request_policy:special")
            .onPool()
            .runs(this::scan),
        read("randomkey", 1, NONE)
            .is(GENERIC, "1.0.0", "O(1)", "Returns a random key of the selected database.", "")
            .tips("request_policy:all_shards", "nondeterministic_output")
            .onPool()
            .runs(this::randomKey));
  }

  private Reply keys(Call call) {
    List<Reply> found = new ArrayList<>();
    KeyFilter filter = KeyFilter.byName(Glob.compile(call.arg(1)));
    new KeySearch(call.keyspace()).forEach(filter, key -> found.add(Reply.bulk(key)));
    return Reply.encoded(call.protocol(), Reply.array(found));
  }

  private Reply scan(Call call) {
    long position = cursor(call.arg(1));
    ScanOptions scan = new ScanOptions();
    String typeName = null;
    Options options = call.optionsFrom(2);
    while (options.hasNext()) {
      if (options.takeWithValue("TYPE")) {
        typeName = Args.text(options.next());
      } else {
        scan.takeNext(options);
      }
    }
    KeyFilter filter = new KeyFilter(scan.pattern(), typeName);
    return page(new KeySearch(call.keyspace()).scan(position, scan.count(), filter));
  }

  /** Returns the next cursor and the keys. */
  static Reply page(ScanPage page) {
    List<Reply> keys = new ArrayList<>(page.keys().size());
    page.keys().forEach(key -> keys.add(Reply.bulk(key)));
    return Reply.array(Reply.bulk(Long.toString(page.next())), Reply.array(keys));
  }

  private Reply randomKey(Call call) {
    byte @Nullable [] key = new KeySearch(call.keyspace()).randomKey(ThreadLocalRandom.current());
    return key == null ? Reply.NULL : Reply.bulk(key);
  }

  /**
   * Parses a cursor as C's strtoul does, since clients of Redis may rely on that: an empty text is
   * 0, a sign is allowed, a zero byte ends it. A number that no scan has returned finds nothing.
   */
  static long cursor(byte[] arg) {
    String digits = Args.printed(Args.text(arg));
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
      if (digits.isEmpty()) {
        throw invalidCursor();
      }
    }
    if (digits.isEmpty()) {
      return 0;
    }
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw invalidCursor();
    }
    try {
      long unsigned = Long.parseUnsignedLong(digits);
      return negative ? -unsigned : unsigned;
    } catch (NumberFormatException e) {
      throw invalidCursor();
    }
  }

  private static CommandException invalidCursor() {
    return new CommandException("ERR invalid cursor");
  }
}
