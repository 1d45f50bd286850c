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
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.stats.CommandStats;
import pika.server.stats.LatencyEvent;
import pika.server.stats.LatencyMonitor;
import pika.server.stats.LatencySample;

/** LATENCY: latencies of commands and other events. */
final class LatencyCommands implements Family {
  // Redis' buckets: the first ends at 1024 ns, each later one is twice as wide.
  private static final long FIRST_BUCKET_NANOS = 1024;
  private static final double NEXT_BUCKET = 2;
  private static final int RULE = 80;

  private final CommandTable table;
  private final CommandStats stats;
  private final LatencyMonitor monitor;

  LatencyCommands(CommandTable table, CommandStats stats, LatencyMonitor monitor) {
    this.table = table;
    this.stats = stats;
    this.monitor = monitor;
  }

  @Override
  public List<Row> commands() {
    return List.of(container("latency")
        .is(SERVER, "2.8.13", "Reports latency spikes and command latency histograms.")
        .with(ofMonitor())
        .with(
            command("histogram", -2, ADMIN, NOSCRIPT, LOADING, STALE)
                .is(
                    SERVER,
                    "7.0.0",
                    "O(N) where N is the number of commands with latency information being"
                        + " retrieved.",
                    "Returns latency histograms of commands, with buckets at powers of"
                        + " two microseconds.",
                    "[command...]")
                .tips(
                    "nondeterministic_output",
                    "request_policy:all_nodes",
                    "response_policy:special")
                .onPool()
                .runs(this::histogram),
            help(SERVER, "2.8.13")));
  }

  private Row[] ofMonitor() {
    return new Row[] {
      monitor(
              "doctor",
              2,
              "O(1)",
              "Returns a readable analysis of latency spikes, with advice.",
              "")
          .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
          .runs(call -> Reply.verbatim("txt", new LatencyAdvice(monitor).text())),
      monitor("graph", 3, "O(1)", "Returns a text graph of an event's latency samples.", "event")
          .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
          .runs(this::graph),
      monitor(
              "history",
              3,
              "O(1)",
              "Returns the latency samples of an event, at most 160.",
              "event")
          .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
          .runs(this::history),
      monitor("latest", 2, "O(1)", "Returns the latest and the highest latency of each event.", "")
          .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
          .runs(call -> latest()),
      monitor(
              "reset",
              -2,
              "O(1)",
              "Clears the latency samples of the given events, or of all.",
              "[event...]")
          .tips("request_policy:all_nodes", "response_policy:all_succeeded")
          .runs(this::reset)
    };
  }

  private static Row monitor(
      String name, int arity, String complexity, String summary, String syntax) {
    return command(name, arity, ADMIN, NOSCRIPT, LOADING, STALE)
        .is(SERVER, "2.8.13", complexity, summary, syntax);
  }

  private Reply latest() {
    List<Reply> events = new ArrayList<>();
    monitor
        .latest()
        .forEach((event, last) -> events.add(Reply.array(
            Reply.bulk(event.eventName()),
            Reply.integer(last.unixSeconds()),
            Reply.integer(last.ms()),
            Reply.integer(monitor.worstMs(event)))));
    return Reply.array(events);
  }

  private Reply history(Call call) {
    LatencyEvent event = monitor.find(call.textArg(2));
    return event == null
        ? Reply.EMPTY_ARRAY
        : Reply.array(monitor.samples(event).stream()
            .map(sample ->
                Reply.array(Reply.integer(sample.unixSeconds()), Reply.integer(sample.ms())))
            .toList());
  }

  private Reply graph(Call call) {
    LatencyEvent event = monitor.find(call.textArg(2));
    List<LatencySample> samples = event == null ? List.of() : monitor.samples(event);
    if (event == null || samples.isEmpty()) {
      throw new CommandException("ERR No samples available for event '" + call.textArg(2) + "'");
    }
    LongSummaryStatistics ms = samples.stream().mapToLong(LatencySample::ms).summaryStatistics();
    String title = String.format(
        Locale.ROOT,
        "%s - high %d ms, low %d ms (all time high %d ms)\n",
        event.eventName(),
        ms.getMax(),
        ms.getMin(),
        monitor.worstMs(event));
    String rule = "-".repeat(RULE) + "\n";
    return Reply.verbatim(
        "txt", title + rule + new LatencyGraph(samples, call.nowMs() / 1000).draw());
  }

  private Reply reset(Call call) {
    long forgotten = 0;
    if (call.argCount() == 2) {
      for (LatencyEvent event : LatencyEvent.values()) {
        forgotten += monitor.forget(event) ? 1 : 0;
      }
    }
    for (int i = 2; i < call.argCount(); i++) {
      LatencyEvent event = monitor.find(call.textArg(i));
      forgotten += event != null && monitor.forget(event) ? 1 : 0;
    }
    return Reply.integer(forgotten);
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
      CommandSpec spec = table.findCalled(call.textArg(i));
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
