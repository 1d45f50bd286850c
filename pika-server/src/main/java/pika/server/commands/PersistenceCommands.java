package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.NO_ASYNC_LOADING;
import static pika.server.command.Flag.NO_MULTI;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.AclCategory;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.persistence.Maintenance;

/** Snapshots, log and compaction: SAVE, BGSAVE, LASTSAVE, BGREWRITEAOF, COMPACT. */
final class PersistenceCommands implements Family {
  private static final String SAVE_RUNNING = "ERR Background save already in progress";

  /** COMPACT db type. */
  private static final int MAX_COMPACT_ARGS = 3;

  private final Maintenance maintenance;

  PersistenceCommands(Maintenance maintenance) {
    this.maintenance = maintenance;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        command("save", 1, ADMIN, NOSCRIPT, NO_ASYNC_LOADING, NO_MULTI)
            .is(
                SERVER,
                "1.0.0",
                "O(N) where N is the total number of keys in all databases",
                "Takes a snapshot of all data and waits until it is complete.",
                "")
            .slow()
            .runs(this::save),
        command("bgsave", -1, ADMIN, NOSCRIPT, NO_ASYNC_LOADING)
            .is(
                SERVER,
                "1.0.0",
                "O(1)",
                "Takes a snapshot of all data in the background.",
                "[SCHEDULE]")
            .runs(this::startSave),
        command("lastsave", 1, LOADING, STALE, FAST)
            .is(
                SERVER,
                "1.0.0",
                "O(1)",
                "Returns the Unix time of the last successful snapshot.",
                "")
            .tips("nondeterministic_output")
            .categories(AclCategory.ADMIN, AclCategory.DANGEROUS)
            .runs(this::lastSave),
        command("bgrewriteaof", 1, ADMIN, NOSCRIPT, NO_ASYNC_LOADING)
            .is(
                SERVER,
                "1.0.0",
                "O(1)",
                "Flushes the data that is only in the write-ahead log to table"
                    + " files, in the background.",
                "")
            .runs(this::startEmptyingLog),
        command("compact", -1, ADMIN, NOSCRIPT)
            .is(
                SERVER,
                "0.1.0",
                "O(1)",
                "Compacts all data in the background and reclaims the space of deleted data.",
                "[db] [type]")
            .runs(this::compact));
  }

  private Reply save(Call call) {
    if (!maintenance.save()) {
      throw new CommandException(SAVE_RUNNING);
    }
    return Reply.OK;
  }

  private Reply startSave(Call call) {
    boolean schedule = call.argCount() == 2 && call.argIs(1, "SCHEDULE");
    if (call.argCount() > 1 && !schedule) {
      throw CommandException.syntax();
    }
    if (!maintenance.startSave()) {
      throw new CommandException(SAVE_RUNNING);
    }
    return Reply.simple("Background saving started");
  }

  private Reply startEmptyingLog(Call call) {
    if (!maintenance.startEmptyingLog()) {
      throw new CommandException("ERR Background append only file rewriting already in progress");
    }
    return Reply.simple("Background append only file rewriting started");
  }

  private Reply lastSave(Call call) {
    return Reply.integer(maintenance.saveStatus().lastSavedMs() / 1000);
  }

  /** Compacts everything: Pika's arguments are accepted, but databases and types share files. */
  private Reply compact(Call call) {
    if (call.argCount() > MAX_COMPACT_ARGS) {
      throw CommandException.wrongArity("compact");
    }
    if (!maintenance.startCompaction()) {
      throw new CommandException("ERR Compaction already in progress");
    }
    return Reply.OK;
  }
}
