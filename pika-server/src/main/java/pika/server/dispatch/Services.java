package pika.server.dispatch;

import pika.server.blocking.Waiters;
import pika.server.command.CommandTable;
import pika.server.session.ClientPause;
import pika.server.stats.CommandStats;
import pika.server.stats.ErrorStats;
import pika.server.stats.Observation;
import pika.server.transaction.QueuedBytes;
import pika.storage.Store;

/**
 * What every thread that executes commands needs. Thread-safe.
 *
 * @param queuedBytes limits the memory of queued transactions
 */
public record Services(
    CommandTable table,
    Store store,
    Gates gates,
    Admission admission,
    ClientPause pause,
    Waiters waiters,
    CommandStats stats,
    Observation observation,
    Onlookers onlookers,
    Busy busy,
    QueuedBytes queuedBytes,
    HttpWarning httpWarning,
    Failures failures,
    Placement placement,
    LockRules lockRules,
    Transactions transactions,
    PauseRule pauseRule) {

  /** Collects the services; the table must be complete. */
  public static Services of(
      CommandTable table,
      Store store,
      Gates gates,
      Admission admission,
      ClientPause pause,
      Waiters waiters,
      CommandStats stats,
      Observation observation,
      ErrorStats errors,
      Onlookers onlookers,
      Busy busy,
      QueuedBytes queuedBytes) {
    LockRules lockRules = new LockRules(table);
    Transactions transactions = new Transactions(table, lockRules);
    return new Services(
        table,
        store,
        gates,
        admission,
        pause,
        waiters,
        stats,
        observation,
        onlookers,
        busy,
        queuedBytes,
        new HttpWarning(),
        new Failures(table, errors),
        new Placement(table),
        lockRules,
        transactions,
        new PauseRule(pause, table, transactions));
  }
}
