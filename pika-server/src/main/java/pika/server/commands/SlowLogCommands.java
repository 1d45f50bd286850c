package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.stats.SlowLog;

/** SLOWLOG: the latest slow calls. */
final class SlowLogCommands implements Family {
  private static final long DEFAULT_COUNT = 10;
  private static final String BAD_COUNT = "ERR count should be greater than or equal to -1";

  private final SlowLog slowLog;

  SlowLogCommands(SlowLog slowLog) {
    this.slowLog = slowLog;
  }

  @Override
  public List<Row> commands() {
    return List.of(container("slowlog")
        .is(SERVER, "2.2.12", "Manages the log of slow commands.")
        .with(
            command("get", -2, ADMIN, LOADING, STALE)
                .is(
                    SERVER,
                    "2.2.12",
                    "O(N) where N is the number of entries returned",
                    "Returns the newest entries: 10 by default, all with -1.",
                    "[count:integer]")
                .tips("request_policy:all_nodes", "nondeterministic_output")
                .runs(call -> list(call, SlowLogCommands::entry)),
            command("waits", -2, ADMIN, LOADING, STALE)
                .is(
                    SERVER,
                    "7.2.4",
                    "O(N) where N is the number of entries returned",
                    "Returns the same entries as GET, each with the microseconds the"
                        + " request waited before it ran.",
                    "[count:integer]")
                .tips("request_policy:all_nodes", "nondeterministic_output")
                .runs(call -> list(call, SlowLogCommands::entryWithWait)),
            command("len", 2, ADMIN, LOADING, STALE)
                .is(SERVER, "2.2.12", "O(1)", "Returns the number of entries.", "")
                .tips(
                    "request_policy:all_nodes",
                    "response_policy:agg_sum",
                    "nondeterministic_output")
                .runs(call -> Reply.integer(slowLog.size())),
            command("reset", 2, ADMIN, LOADING, STALE)
                .is(
                    SERVER,
                    "2.2.12",
                    "O(N) where N is the number of entries in the slowlog",
                    "Removes all entries.",
                    "")
                .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                .runs(this::reset),
            help(SERVER, "6.2.0")));
  }

  private Reply list(Call call, Function<SlowLog.Entry, List<Reply>> shape) {
    if (call.argCount() > 3) {
      throw CommandException.wrongSubcommand(
          call.textArg(1), call.textArg(0).toUpperCase(Locale.ROOT));
    }
    long count = call.argCount() == 3 ? Args.parseLong(call.arg(2), BAD_COUNT) : DEFAULT_COUNT;
    if (count < -1) {
      throw new CommandException(BAD_COUNT);
    }
    long limit = count == -1 ? Long.MAX_VALUE : count;
    return Reply.array(
        slowLog.newest(limit).stream().map(shape).map(Reply::array).toList());
  }

  /** Formats an entry; clients rely on six fields. */
  private static List<Reply> entry(SlowLog.Entry entry) {
    return List.of(
        Reply.integer(entry.id()),
        Reply.integer(entry.timing().unixSeconds()),
        Reply.integer(entry.timing().micros()),
        Reply.array(entry.args().stream().map(Reply::bulk).toList()),
        Reply.bulk(entry.client()),
        Reply.bulk(entry.clientName()));
  }

  private static List<Reply> entryWithWait(SlowLog.Entry entry) {
    List<Reply> fields = new ArrayList<>(entry(entry));
    fields.add(Reply.integer(entry.timing().waitedMicros()));
    return fields;
  }

  private Reply reset(Call call) {
    slowLog.clear();
    return Reply.OK;
  }
}
