package pika.server.commands;

import static pika.server.command.Group.SERVER;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;
import static pika.server.command.Row.read;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.server.info.MemoryReport;
import pika.storage.keys.Keys;

/** MEMORY: the memory of keys and of the server. */
final class MemoryCommands implements Family {
  private static final long DEFAULT_SAMPLES = 5;

  private final MemoryReport report;

  MemoryCommands(MemoryReport report) {
    this.report = report;
  }

  @Override
  public List<Row> commands() {
    return List.of(container("memory")
        .is(SERVER, "4.0.0", "Reports the server's memory usage.")
        .with(
            read("usage", -3, second(RO))
                .is(
                    SERVER,
                    "4.0.0",
                    "O(N) where N is the number of samples.",
                    "Returns the approximate size in bytes of a key and its value in the store.",
                    "key [SAMPLES count:integer]")
                .categories()
                .onPool()
                .runs(this::usage),
            figures("doctor", "O(1)", "Returns a report of possible memory problems.")
                .tips(
                    "nondeterministic_output",
                    "request_policy:all_shards",
                    "response_policy:special")
                .runs(call -> Reply.verbatim("txt", report.diagnosis())),
            figures("stats", "O(1)", "Returns memory usage by purpose.")
                .tips(
                    "nondeterministic_output",
                    "request_policy:all_shards",
                    "response_policy:special")
                .runs(this::stats),
            figures(
                    "purge",
                    "Depends on how much memory is allocated, could be slow",
                    "Asks the JVM to run the garbage collector and release unused heap.")
                .tips("request_policy:all_shards", "response_policy:all_succeeded")
                .slow()
                .runs(this::purge),
            figures(
                    "malloc-stats",
                    "Depends on how much memory is allocated, could be slow",
                    "Returns the usage of the JVM's memory pools.")
                .tips(
                    "nondeterministic_output",
                    "request_policy:all_shards",
                    "response_policy:special")
                .runs(call -> Reply.verbatim("txt", report.heapPools())),
            help(SERVER, "4.0.0")));
  }

  private static Row figures(String name, String complexity, String summary) {
    return command(name, 2).is(SERVER, "4.0.0", complexity, summary, "").onPool();
  }

  private Reply usage(Call call) {
    long samples = DEFAULT_SAMPLES;
    Options options = call.optionsFrom(3);
    while (options.hasNext()) {
      if (!options.takeWithValue("SAMPLES")) {
        throw CommandException.syntax();
      }
      samples = options.nextLong();
      if (samples < 0) {
        throw CommandException.syntax();
      }
    }
    long bytes = new Keys(call.keyspace()).storedBytes(call.arg(2), samples);
    return bytes == Keys.ABSENT ? Reply.NULL : Reply.integer(bytes);
  }

  private Reply stats(Call call) {
    return Reply.map(report.figures().entrySet().stream()
        .flatMap(figure -> List.of(Reply.bulk(figure.getKey()), number(figure.getValue())).stream())
        .toList());
  }

  private static Reply number(Number value) {
    return value instanceof Double ratio
        ? Reply.doubleValue(ratio)
        : Reply.integer(value.longValue());
  }

  private Reply purge(Call call) {
    System.gc();
    return Reply.OK;
  }
}
