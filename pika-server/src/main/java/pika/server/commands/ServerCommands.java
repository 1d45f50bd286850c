package pika.server.commands;

import static pika.server.command.AclCategory.ADMIN;
import static pika.server.command.AclCategory.DANGEROUS;
import static pika.server.command.Flag.ALLOW_BUSY;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.NO_MULTI;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Keys.NONE;
import static pika.server.command.Row.command;
import static pika.server.command.Row.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Flag;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.server.info.Info;
import pika.server.info.Version;

/** The server as a whole: INFO, TIME, SHUTDOWN, LOLWUT. */
final class ServerCommands implements Family {
  private final Info info;
  private final Runnable shutdown;

  /** Creates the family; {@code shutdown} starts to stop the server and returns immediately. */
  ServerCommands(Info info, Runnable shutdown) {
    this.info = info;
    this.shutdown = shutdown;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        command("info", -1, LOADING, STALE)
            .is(
                SERVER,
                "1.0.0",
                "O(1)",
                "Returns information and statistics about the server.",
                "[section...]")
            .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
            .categories(DANGEROUS)
            // It queries RocksDB, the JVM and the operating system.
            .onPool()
            .runs(this::info),
        command("time", 1, LOADING, STALE, FAST)
            .is(
                SERVER,
                "2.6.0",
                "O(1)",
                "Returns the server time as Unix seconds and microseconds.",
                "")
            .tips("nondeterministic_output")
            .runs(this::time),
        command("shutdown", -1, Flag.ADMIN, NOSCRIPT, LOADING, STALE, NO_MULTI, ALLOW_BUSY)
            .is(
                SERVER,
                "1.0.0",
                "O(N) when saving, where N is the total number of keys in all databases when"
                    + " saving data, otherwise O(1)",
                "Stops the server after syncing all writes to disk.",
                "[NOSAVE|SAVE] [NOW] [FORCE] [ABORT]")
            .categories(ADMIN)
            .runs(this::shutdown),
        read("lolwut", -1, NONE, FAST)
            .is(
                SERVER,
                "5.0.0",
                "",
                "Returns a drawing and the server version.",
                "[VERSION version:integer]")
            .withoutKeyspace()
            .runs(this::lolwut));
  }

  private Reply info(Call call) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i < call.argCount(); i++) {
      names.add(call.textArg(i));
    }
    return Reply.verbatim("txt", info.text(names));
  }

  private Reply time(Call call) {
    Instant now = Instant.now();
    return Reply.array(
        Reply.bulk(Long.toString(now.getEpochSecond())),
        Reply.bulk(Long.toString(TimeUnit.NANOSECONDS.toMicros(now.getNano()))));
  }

  // Every acknowledged write is in the log, so SAVE and NOSAVE are equivalent; there are no
  // replicas to wait for, so NOW and FORCE change nothing; and there is never anything to abort.
  private Reply shutdown(Call call) {
    Options options = call.optionsFrom(1);
    boolean save = false;
    boolean noSave = false;
    boolean hurry = false;
    boolean abort = false;
    while (options.hasNext()) {
      if (options.take("SAVE")) {
        save = true;
      } else if (options.take("NOSAVE")) {
        noSave = true;
      } else if (options.take("NOW") || options.take("FORCE")) {
        hurry = true;
      } else if (options.take("ABORT")) {
        abort = true;
      } else {
        throw CommandException.syntax();
      }
    }
    if ((save && noSave) || (abort && (save || noSave || hurry))) {
      throw CommandException.syntax();
    }
    if (abort) {
      throw new CommandException("ERR No shutdown in progress.");
    }
    shutdown.run();
    return Reply.NONE;
  }

  private Reply lolwut(Call call) {
    if (call.argCount() > 2 && call.argIs(1, "VERSION")) {
      Args.parseLong(call.arg(2));
    }
    return Reply.verbatim(
        "txt",
        Ridge.draw(ThreadLocalRandom.current())
            + "\nRedis ver. "
            + Version.REDIS
            + ", Pika ver. "
            + Version.PIKA
            + "\n");
  }
}
