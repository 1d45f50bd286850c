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
import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.config.LiveConfig;
import pika.server.info.Info;

/** CONFIG: settings of the running server. */
final class ConfigCommands implements Family {
  private static final String EACH_PARAMETER =
      "O(N) when N is the number of configuration parameters provided";

  private final LiveConfig config;
  private final Info info;

  ConfigCommands(LiveConfig config, Info info) {
    this.config = config;
    this.info = info;
  }

  @Override
  public List<Row> commands() {
    return List.of(container("config")
        .is(SERVER, "2.0.0", "Manages the server's configuration.")
        .with(
            admin("get", -3)
                .is(
                    SERVER,
                    "2.0.0",
                    EACH_PARAMETER,
                    "Returns the settings whose names match the patterns.",
                    "parameter...")
                .runs(this::get),
            admin("set", -4)
                .is(
                    SERVER,
                    "2.0.0",
                    EACH_PARAMETER,
                    "Changes one or more settings atomically: all or none.",
                    "(parameter value)...")
                .tips("request_policy:all_nodes", "response_policy:all_succeeded")
                .redacted(Redaction::ofConfigSet)
                // A setting may have to be written to disk before the reply.
                .onPool()
                .runs(this::set),
            admin("rewrite", 2)
                .is(
                    SERVER,
                    "2.8.0",
                    "O(1)",
                    "Writes the current settings to the configuration file.",
                    "")
                .onPool()
                .runs(this::rewrite),
            admin("resetstat", 2)
                .is(SERVER, "2.0.0", "O(1)", "Resets the statistics reported by INFO.", "")
                .runs(this::resetStatistics),
            help(SERVER, "5.0.0")));
  }

  private static Row admin(String name, int arity) {
    return command(name, arity, ADMIN, NOSCRIPT, LOADING, STALE);
  }

  private Reply get(Call call) {
    List<Reply> found = new ArrayList<>();
    config.get(call.argsFrom(2)).forEach((name, value) -> {
      found.add(Reply.bulk(name));
      found.add(Reply.bulk(value));
    });
    return Reply.map(found);
  }

  private Reply set(Call call) {
    config.set(call.argsFrom(2));
    return Reply.OK;
  }

  private Reply rewrite(Call call) {
    config.rewrite();
    return Reply.OK;
  }

  private Reply resetStatistics(Call call) {
    info.resetStatistics();
    return Reply.OK;
  }
}
