package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Flag.MAY_REPLICATE;
import static pika.server.command.Group.HYPERLOGLOG;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.Keys.all;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.command;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Keys;
import pika.server.command.Place;
import pika.server.command.Row;
import pika.storage.hyperloglog.HyperLogLogs;
import pika.storage.string.StringLimits;

/** HyperLogLogs: strings that count distinct elements. */
final class HyperLogLogCommands implements Family {
  /** More keys than this take as long as hundreds of commands. */
  private static final int LOOP_ARGS = 8;

  private final StringDoor door;
  private final LongSupplier maxSparseBytes;

  /**
   * Creates the family.
   *
   * @param limits supplies the limits in force
   * @param maxSparseBytes supplies {@code hll-sparse-max-bytes}
   */
  HyperLogLogCommands(Supplier<StringLimits> limits, LongSupplier maxSparseBytes) {
    this.door = new StringDoor(limits);
    this.maxSparseBytes = maxSparseBytes;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        write("pfadd", -2, first(RW, INSERT), DENYOOM, FAST)
            .is(
                HYPERLOGLOG,
                "2.8.9",
                "O(1) for each element",
                "Adds elements to a HyperLogLog, creating it if needed.",
                "key [element...]")
            .placed(Size::place)
            .runs(this::pfadd),
        // RW because it stores the estimate.
        read("pfcount", -2, all(RW, ACCESS), MAY_REPLICATE)
            .is(
                HYPERLOGLOG,
                "2.8.9",
                "O(1) with a single key, O(N) with N keys and much slower",
                "Returns the approximate number of distinct elements in one or more HyperLogLogs.",
                "key...")
            .placed(Place.slowAbove(LOOP_ARGS))
            .events(EventNaming.SILENT)
            .runs(this::pfcount),
        write("pfmerge", -2, first(RW, ACCESS, INSERT).and(Keys.from(2, RO, ACCESS)), DENYOOM)
            .is(
                HYPERLOGLOG,
                "2.8.9",
                "O(N) to merge N HyperLogLogs, but with high constant times.",
                "Stores the union of HyperLogLogs.",
                "destkey:key sourcekey:key...")
            .slow()
            .event("pfadd")
            .looksUp()
            .runs(this::pfmerge),
        write("pfdebug", 3, second(RW, ACCESS), DENYOOM, ADMIN)
            .is(
                HYPERLOGLOG,
                "2.8.9",
                "N/A",
                "Inspects the internals of a HyperLogLog, for tests.",
                "subcommand key")
            .slow()
            .events(EventNaming.SILENT)
            .quiet()
            .runs(this::pfdebug),
        command("pfselftest", 1, ADMIN)
            .is(
                HYPERLOGLOG,
                "2.8.9",
                "N/A",
                "Returns OK without doing anything; accepted for compatibility.",
                "")
            .runs(call -> Reply.OK));
  }

  private Reply pfadd(Call call) {
    boolean changed = hyperLogLogs(call).add(call.arg(1), argsFrom(call, 2));
    return changed ? Reply.ONE : Reply.ZERO;
  }

  private Reply pfcount(Call call) {
    HyperLogLogs hyperLogLogs = hyperLogLogs(call);
    return Reply.integer(
        call.argCount() == 2
            ? hyperLogLogs.count(call.arg(1))
            : hyperLogLogs.countTogether(argsFrom(call, 1)));
  }

  private Reply pfmerge(Call call) {
    hyperLogLogs(call).merge(call.arg(1), argsFrom(call, 2));
    return Reply.OK;
  }

  private Reply pfdebug(Call call) {
    HyperLogLogs hyperLogLogs = hyperLogLogs(call);
    byte[] key = call.arg(2);
    if (!hyperLogLogs.exists(key)) {
      throw new CommandException("ERR The specified key does not exist");
    }
    if (call.argIs(1, "GETREG")) {
      return registers(hyperLogLogs.registers(key));
    }
    if (call.argIs(1, "DECODE")) {
      String runs = hyperLogLogs.runs(key);
      if (runs == null) {
        throw new CommandException("ERR HLL encoding is not sparse");
      }
      return Reply.bulk(runs);
    }
    if (call.argIs(1, "ENCODING")) {
      return Reply.simple(hyperLogLogs.form(key));
    }
    if (call.argIs(1, "TODENSE")) {
      return hyperLogLogs.makeDense(key) ? Reply.ONE : Reply.ZERO;
    }
    throw new CommandException("ERR Unknown PFDEBUG subcommand '" + call.textArg(1) + "'");
  }

  private static Reply registers(byte[] registers) {
    List<Reply> replies = new ArrayList<>(registers.length);
    for (byte register : registers) {
      replies.add(Reply.integer(register));
    }
    return Reply.array(replies);
  }

  private static List<byte[]> argsFrom(Call call, int first) {
    return Arrays.asList(call.args()).subList(first, call.argCount());
  }

  private HyperLogLogs hyperLogLogs(Call call) {
    return new HyperLogLogs(door.strings(call), maxSparseBytes.getAsLong());
  }
}
