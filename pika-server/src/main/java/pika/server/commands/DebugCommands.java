package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.PROTECTED;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Handler;
import pika.server.command.Row;
import pika.server.script.ScriptEngine;
import pika.storage.Store;
import pika.storage.TypeLimits;

/**
 * DEBUG: what the test suites of clients use. A caller can tie up threads at will, so
 * {@code enable-debug-command} has to allow it (see {@link pika.server.dispatch.Protection}). In
 * Redis, and so for COMMAND, it is one command; subcommands are dispatched here.
 */
final class DebugCommands implements Family {
  private static final Logger LOG = LoggerFactory.getLogger(DebugCommands.class);

  private static final int ANY = -1;
  private static final int ANY_BUT_NONE = -2;

  /**
   * A subcommand: its name and operands as HELP shows them, the number of operands, and its code.
   */
  private record Subcommand(String usage, int operands, String summary, Handler code) {
    boolean fits(Call call) {
      String name = usage.split(" ", 2)[0];
      int given = call.argCount() - 2;
      return call.argIs(1, name)
          && (operands == ANY || (operands == ANY_BUT_NONE ? given > 0 : given == operands));
    }
  }

  private final ScriptEngine scripts;
  private final Store store;
  private final List<Subcommand> subcommands;

  DebugCommands(ScriptEngine scripts, Store store, Supplier<TypeLimits> limits) {
    this.scripts = scripts;
    this.store = store;
    DebugData data = new DebugData(store, limits);
    DebugStructures structures = new DebugStructures(store);
    this.subcommands = List.of(
        new Subcommand("DIGEST", 0, "Returns a digest of all data.", data::digest),
        new Subcommand(
            "DIGEST-VALUE <key> [<key> ...]",
            ANY,
            "Returns the digest of each key's value; zeros for a missing key.",
            data::digestValues),
        new Subcommand("ERROR <string>", 1, "Returns the string as an error reply.", this::error),
        new Subcommand(
            "HTSTATS <dbid>",
            1,
            "Returns the number of keys in a database.",
            structures::ofDatabase),
        new Subcommand(
            "HTSTATS-KEY <key>",
            1,
            "Returns the number of elements of a large set, hash or sorted set.",
            structures::ofKey),
        new Subcommand(
            "LISTPACK <key>",
            1,
            "Logs the number of elements of a small collection.",
            structures::listpack),
        new Subcommand("LOADAOF", 0, "Is the same as RELOAD.", data::reload),
        new Subcommand("LOG <message>", 1, "Writes the message to the server log.", this::log),
        new Subcommand(
            "OBJECT <key>", 1, "Returns low-level information about a value.", data::object),
        new Subcommand(
            "PAUSE-CRON <0|1>",
            1,
            "Has no effect: this server has no cron job to pause.",
            this::nothing),
        new Subcommand(
            "POPULATE <count> [<prefix> [<size>]]",
            ANY_BUT_NONE,
            "Creates missing string keys named key:0, key:1 and so on.",
            data::populate),
        new Subcommand(
            "PROTOCOL <type>",
            1,
            "Returns an example reply of a protocol type.",
            DebugProtocol::example),
        new Subcommand(
            "QUICKLIST-PACKED-THRESHOLD <size>",
            1,
            "Has no effect: lists here have no packed nodes.",
            this::nothing),
        new Subcommand(
            "RELOAD [<option> ...]",
            ANY,
            "Flushes all data to table files and empties the caches.",
            data::reload),
        new Subcommand(
            "REPLYBUFFER <setting> <value>",
            2,
            "Has no effect: replies here have no resizable buffers.",
            this::nothing),
        new Subcommand(
            "SET-ACTIVE-EXPIRE <0|1>",
            1,
            "Turns the active expiry of keys on or off.",
            this::setActiveExpire),
        new Subcommand(
            "SET-DISABLE-DENY-SCRIPTS <0|1>",
            1,
            "Sets whether scripts may call commands that are forbidden to them.",
            this::setDisableDenyScripts),
        new Subcommand("SLEEP <seconds>", 1, "Delays the reply to this connection.", this::sleep),
        new Subcommand("HELP", 0, "Prints this help.", this::help));
  }

  @Override
  public List<Row> commands() {
    return List.of(command("debug", -2, ADMIN, NOSCRIPT, LOADING, STALE, PROTECTED)
        .is(SERVER, "1.0.0", "Inspects server internals, for tests.")
        .usesKeyspace()
        .slow()
        .runs(this::debug));
  }

  private Reply debug(Call call) {
    for (Subcommand subcommand : subcommands) {
      if (subcommand.fits(call)) {
        return subcommand.code().run(call);
      }
    }
    throw unknown(call);
  }

  static CommandException unknown(Call call) {
    return CommandException.wrongSubcommand(call.textArg(1), "DEBUG");
  }

  private Reply error(Call call) {
    return Reply.error(call.textArg(2));
  }

  private Reply log(Call call) {
    LOG.warn("DEBUG LOG: {}", call.textArg(2));
    return Reply.OK;
  }

  private Reply nothing(Call call) {
    return Reply.OK;
  }

  private Reply setActiveExpire(Call call) {
    store.sweeper().enabled(!call.argIs(2, "0"));
    return Reply.OK;
  }

  private Reply setDisableDenyScripts(Call call) {
    scripts.denyNothing(!call.argIs(2, "0"));
    return Reply.OK;
  }

  private Reply sleep(Call call) {
    // Redis accepts a blank or newline after the number, and clients' own tests send one.
    double seconds = Args.parseDouble(Args.bytes(call.textArg(2).strip()));
    try {
      TimeUnit.NANOSECONDS.sleep((long) (seconds * TimeUnit.SECONDS.toNanos(1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Reply.OK;
  }

  private Reply help(Call call) {
    List<Reply> lines = new ArrayList<>();
    lines.add(Reply.simple("DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"));
    for (Subcommand subcommand : subcommands) {
      lines.add(Reply.simple(subcommand.usage()));
      lines.add(Reply.simple("    " + subcommand.summary()));
    }
    return Reply.array(lines);
  }
}
