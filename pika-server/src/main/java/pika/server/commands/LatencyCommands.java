package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.stats.CommandStats;

/** LATENCY: how long commands took. */
final class LatencyCommands implements Family {
  // Redis' steps: the first bucket ends at 1024 ns, each later one is twice as wide.
  private static final long FIRST_BUCKET_NANOS = 1024;
  private static final double NEXT_BUCKET = 2;

  private final CommandTable table;
  private final CommandStats stats;

  LatencyCommands(CommandTable table, CommandStats stats) {
    this.table = table;
    this.stats = stats;
  }

  @Override
  public List<Row> commands() {
    return List.of(container("latency")
        .is(SERVER, "2.8.13", "Tells how long commands took.")
        .with(
            command("histogram", -2, ADMIN, NOSCRIPT, LOADING, STALE)
                .is(
                    SERVER,
                    "7.0.0",
                    "O(N) where N is the number of commands with latency information being"
                        + " retrieved.",
                    "Counts the calls of commands that took up to 1, 2, 4 ... microseconds.",
                    "[command...]")
                .tips(
                    "nondeterministic_output",
                    "request_policy:all_nodes",
                    "response_policy:special")
                .onPool()
                .runs(this::histogram),
            help(SERVER, "2.8.13")));
  }

  private Reply histogram(Call call) {
    List<Reply> byName = new ArrayList<>();
    for (CommandSpec spec : wanted(call)) {
      Histogram latencies = stats.latencies(spec);
      if (latencies.getTotalCount() > 0) {
        byName.add(Reply.bulk(spec.fullName()));
        byName.add(distribution(latencies));
      }
    }
    return Reply.map(byName);
  }

  private Set<CommandSpec> wanted(Call call) {
    if (call.argCount() == 2) {
      return new LinkedHashSet<>(table.specs());
    }
    Set<CommandSpec> wanted = new LinkedHashSet<>();
    for (int i = 2; i < call.argCount(); i++) {
      CommandSpec spec = table.findFullName(call.textArg(i));
      if (spec != null) {
        wanted.add(spec);
        wanted.addAll(spec.subcommands());
      }
    }
    return wanted;
  }

  private static Reply distribution(Histogram latencies) {
    List<Reply> buckets = new ArrayList<>();
    long before = 0;
    for (HistogramIterationValue bucket :
        latencies.logarithmicBucketValues(FIRST_BUCKET_NANOS, NEXT_BUCKET)) {
      long upTo = bucket.getTotalCountToThisValue();
      if (upTo > before) {
        long nanos = latencies.highestEquivalentValue(bucket.getValueIteratedTo());
        buckets.add(Reply.integer(nanos / 1000));
        buckets.add(Reply.integer(upTo));
        before = upTo;
      }
    }
    return Reply.map(List.of(
        Reply.bulk("calls"), Reply.integer(latencies.getTotalCount()),
        Reply.bulk("histogram_usec"), Reply.map(buckets)));
  }
}
