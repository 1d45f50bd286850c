package pika.server.dispatch;

import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.KeyScope;
import pika.server.command.Place;
import pika.server.session.ClientPause;
import pika.server.session.Lane;
import pika.server.session.Session;
import pika.server.stats.CommandStats;
import pika.server.stats.Recorder;
import pika.server.stats.SlowLog;
import pika.storage.Store;
import pika.storage.key.UnitOfWork;
import pika.storage.rocks.StorageException;

/** What every thread that executes commands needs. Safe for many threads. */
public record Services(
    CommandTable table,
    Store store,
    Gates gates,
    Admission admission,
    ClientPause pause,
    CommandStats stats,
    SlowLog slowLog,
    ErrorReplies errors,
    LockRule[] lockRules) {

  /** Collects the services; the table must be complete. */
  public static Services of(
      CommandTable table,
      Store store,
      Gates gates,
      Admission admission,
      ClientPause pause,
      CommandStats stats,
      SlowLog slowLog,
      ErrorReplies errors) {
    return new Services(
        table, store, gates, admission, pause, stats, slowLog, errors, LockRule.of(table));
  }

  LockRule lockRule(CommandSpec spec) {
    return lockRules[spec.index()];
  }

  CommandRunner runner(Place place, Runnable commit) {
    return new CommandRunner(this, place, commit);
  }

  Recorder newRecorder() {
    return stats.newRecorder();
  }

  UnitOfWork begin(Place place) {
    return store.begin(
        place == Place.LOOP ? UnitOfWork.Mode.MEMORY_ONLY : UnitOfWork.Mode.MAY_BLOCK);
  }

  long nowMs() {
    return store.nowMs();
  }

  /** Whether a pause holds the request back. */
  boolean holds(Request request) {
    CommandSpec spec = table.find(request.args());
    return spec != null && pause.holds(spec);
  }

  /** Whether a reply is worth nothing when the commit behind it fails. */
  boolean restsOnCommit(Request request) {
    CommandSpec spec = table.find(request.args());
    return spec != null && spec.scope() != KeyScope.NONE;
  }

  /** Turns the replies of a lane that rest on a failed commit into errors. */
  void failed(Lane lane, StorageException failure) {
    for (int i = 0; i < lane.uncommitted(); i++) {
      if (restsOnCommit(lane.executed().get(i))) {
        Reply error = errors.reply(null, failure);
        lane.replace(i, error);
      }
    }
  }

  void recordSlow(Session session, Request request, long nanos) {
    slowLog.add(
        nowMs() / 1000,
        nanos,
        request.args(),
        session.connection().remoteAddress(),
        session.name());
  }
}
