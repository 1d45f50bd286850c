package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Flag;
import pika.server.command.KeyScope;
import pika.server.session.Session;
import pika.server.transaction.QueuedBytes;
import pika.server.transaction.Transaction;
import pika.server.transaction.WatchedKeys;
import pika.storage.key.LockPlan;

/**
 * Queues commands between MULTI and EXEC, and finds out what they lock and whether they write.
 * Thread-safe.
 */
final class Transactions {
  /** Commands that are never queued: they end the transaction or can't be part of one. */
  private static final Set<String> AT_ONCE =
      Set.of("exec", "discard", "multi", "watch", "quit", "reset");

  private static final String NOT_ALLOWED = "ERR Command not allowed inside a transaction";
  private static final String NO_ROOM =
      "OOM not enough memory to queue more commands in transactions, see max-memory-budget";
  private static final Reply QUEUED = Reply.shared(Reply.simple("QUEUED"));

  private final CommandTable table;
  private final LockRules lockRules;

  Transactions(CommandTable table, LockRules lockRules) {
    this.table = table;
    this.lockRules = lockRules;
  }

  /** Returns whether a command is queued instead of run. */
  static boolean putsOff(Session session, CommandSpec spec) {
    return session.transaction().isOpen() && !AT_ONCE.contains(spec.fullName());
  }

  /** Queues a command; returns the reply to its client. */
  static Reply putOff(Session session, CommandSpec spec, Request request, QueuedBytes room) {
    if (spec.has(Flag.NO_MULTI)) {
      throw new CommandException(NOT_ALLOWED);
    }
    if (!session.transaction().add(request.args(), request.sizeBytes(), room)) {
      throw new CommandException(NO_ROOM);
    }
    return QUEUED;
  }

  /**
   * Returns the error text for a refused command, and marks the transaction as failed. A refused
   * EXEC ends the transaction, and its error is an EXECABORT even when none is open.
   */
  static String refused(Session session, @Nullable CommandSpec spec, String errorText) {
    Transaction transaction = session.transaction();
    if (spec == null || spec.scope() != KeyScope.TRANSACTION) {
      transaction.spoil();
      return errorText;
    }
    transaction.end();
    String reason = errorText.startsWith("ERR ") ? errorText.substring(4) : errorText;
    return "EXECABORT Transaction discarded because of: " + reason;
  }

  /**
   * Called when a command has failed through no fault of its own: even so, EXEC ends its
   * transaction.
   */
  static void failed(Session session, CommandSpec spec) {
    if (spec.scope() == KeyScope.TRANSACTION && session.transaction().isOpen()) {
      session.transaction().end();
    }
  }

  /** Returns the locks for all queued commands and watched keys; null for all locks. */
  @Nullable
  LockPlan plan(Transaction transaction) {
    WatchedKeys watched = transaction.watched();
    List<byte[]> written = new ArrayList<>();
    List<byte[]> read = new ArrayList<>(watched == null ? List.of() : watched.userKeys());
    for (byte[][] args : transaction.queue()) {
      CommandSpec spec = table.resolved(args);
      if (!lockRules.of(spec).addKeys(spec, args, written, read)) {
        return null;
      }
    }
    return LockPlan.of(written, read);
  }

  /** Returns whether one of the queued commands may write. */
  boolean mayWrite(Transaction transaction) {
    return transaction.queue().stream().anyMatch(args -> table.resolved(args).mayWrite(args));
  }
}
