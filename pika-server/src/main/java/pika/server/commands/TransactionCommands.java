package pika.server.commands;

import static pika.server.command.Flag.ALLOW_BUSY;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.SKIP_SLOWLOG;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.TRANSACTIONS;
import static pika.server.command.Row.command;

import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Reply;
import pika.server.acl.Access;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.command.Flag;
import pika.server.command.KeyFlag;
import pika.server.command.KeyScope;
import pika.server.command.Keys;
import pika.server.command.Row;
import pika.server.session.Session;
import pika.server.transaction.Transaction;
import pika.server.transaction.WatchedKeys;
import pika.server.transaction.Watches;

/** Transactions: MULTI, EXEC, WATCH ... */
final class TransactionCommands implements Family {
  private static final Flag[] AT_ONCE = {NOSCRIPT, LOADING, STALE, FAST, ALLOW_BUSY};

  private final CommandTable table;
  private final Access access;
  private final Watches watches;

  TransactionCommands(CommandTable table, Access access, Watches watches) {
    this.table = table;
    this.access = access;
    this.watches = watches;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        command("multi", 1, AT_ONCE)
            .is(
                TRANSACTIONS,
                "1.2.0",
                "O(1)",
                "Starts a transaction: the commands that follow are queued.",
                "")
            .runs(TransactionCommands::multi),
        command("exec", 1, NOSCRIPT, LOADING, STALE, SKIP_SLOWLOG)
            .is(
                TRANSACTIONS,
                "1.2.0",
                "Depends on commands in the transaction",
                "Executes the queued commands of a transaction atomically.",
                "")
            .scope(KeyScope.TRANSACTION)
            .runs(this::exec),
        command("discard", 1, AT_ONCE)
            .is(
                TRANSACTIONS,
                "2.0.0",
                "O(N), when N is the number of queued commands",
                "Discards the queued commands and ends the transaction.",
                "")
            .runs(TransactionCommands::discard),
        command("watch", -2, Keys.all(KeyFlag.RO), AT_ONCE)
            .is(
                TRANSACTIONS,
                "2.2.0",
                "O(1) for every key.",
                "Makes the next EXEC fail if one of the keys changes before it.",
                "key...")
            .scope(KeyScope.WATCH)
            .runs(this::watch),
        command("unwatch", 1, AT_ONCE)
            .is(
                TRANSACTIONS,
                "2.2.0",
                "O(1)",
                "Removes all keys from the watch list of this connection.",
                "")
            .runs(TransactionCommands::unwatch));
  }

  private static Reply multi(Call call) {
    Transaction transaction = call.session().transaction();
    if (transaction.isOpen()) {
      throw new CommandException("ERR MULTI calls can not be nested");
    }
    transaction.open();
    return Reply.OK;
  }

  /** Runs EXEC; any exception ends the transaction as well. */
  private Reply exec(Call call) {
    Session session = call.session();
    Transaction transaction = opened(call, "EXEC");
    if (transaction.isSpoilt()) {
      throw new CommandException("EXECABORT Transaction discarded because of previous errors.");
    }
    WatchedKeys watched = transaction.watched();
    if (watched != null && watched.areTouched(call.unit())) {
      transaction.end();
      return Reply.NULL_ARRAY;
    }
    List<Reply> replies = new ArrayList<>(transaction.queue().size());
    for (byte[][] args : transaction.queue()) {
      replies.add(run(call, session, args));
    }
    transaction.end();
    return Reply.array(replies);
  }

  private Reply run(Call call, Session session, byte[][] args) {
    CommandSpec spec = table.resolve(args);
    try {
      access.checkInExec(session, spec, args);
    } catch (CommandException denied) {
      return Reply.error(denied.errorText());
    }
    return call.inner().run(call, spec, args, session.protocol());
  }

  private static Reply discard(Call call) {
    opened(call, "DISCARD").end();
    return Reply.OK;
  }

  private static Transaction opened(Call call, String name) {
    Transaction transaction = call.session().transaction();
    if (!transaction.isOpen()) {
      throw new CommandException("ERR " + name + " without MULTI");
    }
    return transaction;
  }

  private Reply watch(Call call) {
    Session session = call.session();
    Transaction transaction = session.transaction();
    if (transaction.isOpen()) {
      throw new CommandException("ERR WATCH inside MULTI is not allowed");
    }
    WatchedKeys watched = transaction.watched();
    if (watched == null) {
      watched = watches.newKeys();
      transaction.watched(watched);
    }
    for (byte[] key : call.argsFrom(1)) {
      watched.add(call.unit(), session.db(), key);
    }
    if (!session.connection().isOpen()) {
      // The connection was closed meanwhile, perhaps before there was anything to unwatch.
      transaction.unwatch();
    }
    return Reply.OK;
  }

  private static Reply unwatch(Call call) {
    call.session().transaction().unwatch();
    return Reply.OK;
  }
}
