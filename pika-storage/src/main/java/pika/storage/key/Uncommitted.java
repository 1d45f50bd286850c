package pika.storage.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;

/**
 * All uncommitted state of a unit of work. Confined to the thread that runs the unit.
 *
 * <p>What the commit does beyond the records (scan index, expiry index, counters, record cache,
 * notifications) is derived from what each record was before and is after.
 */
final class Uncommitted implements Undoable {
  private final Engine engine;
  private final Changes changes = new Changes();
  private final RowChanges rows = new RowChanges();
  private final PendingGarbage garbage;
  private final Renumbering renumbering;
  private final PendingFunctions functions = new PendingFunctions();
  private final Sequels sequels = new Sequels();
  /** How to take back changes of what commands keep in memory from one to the next. */
  private final UndoLog<Runnable> kept = new UndoLog<>(Runnable::run);

  private final LookUps lookUps;

  Uncommitted(Engine engine) {
    this.engine = engine;
    this.garbage = new PendingGarbage(engine);
    this.renumbering = new Renumbering(engine.databases());
    this.lookUps = new LookUps(engine);
  }

  Changes changes() {
    return changes;
  }

  RowChanges rows() {
    return rows;
  }

  PendingGarbage garbage() {
    return garbage;
  }

  Renumbering renumbering() {
    return renumbering;
  }

  PendingFunctions functions() {
    return functions;
  }

  Sequels sequels() {
    return sequels;
  }

  UndoLog<Runnable> kept() {
    return kept;
  }

  LookUps lookUps() {
    return lookUps;
  }

  // ---- steps

  @Override
  public void beginStep() {
    changes.beginStep();
    rows.beginStep();
    garbage.beginStep();
    renumbering.beginStep();
    functions.beginStep();
    sequels.beginStep();
    kept.beginStep();
    lookUps.beginStep();
  }

  @Override
  public void nextCommand() {
    changes.nextCommand();
    rows.nextCommand();
    garbage.nextCommand();
    renumbering.nextCommand();
    functions.nextCommand();
    sequels.nextCommand();
    kept.nextCommand();
    lookUps.nextCommand();
  }

  @Override
  public void rollbackCommand() {
    changes.rollbackCommand();
    rows.rollbackCommand();
    garbage.rollbackCommand();
    renumbering.rollbackCommand();
    functions.rollbackCommand();
    sequels.rollbackCommand();
    kept.rollbackCommand();
    lookUps.rollbackCommand();
  }

  @Override
  public void rollbackStep() {
    changes.rollbackStep();
    rows.rollbackStep();
    garbage.rollbackStep();
    renumbering.rollbackStep();
    functions.rollbackStep();
    sequels.rollbackStep();
    kept.rollbackStep();
    lookUps.rollbackStep();
  }

  /**
   * Returns the keys the current command has written, changed or not, in the order of their first
   * write.
   */
  List<KeyChange> commandChanges(long nowMs) {
    List<KeyChange> ofCommand = new ArrayList<>(1);
    changes.ofCommand((change, before) -> {
      boolean expired = before != null && before.isExpired(nowMs);
      ofCommand.add(new KeyChange(
          renumbering.number(change.key().databaseId()),
          change.key().userKey(),
          expired ? null : before,
          expired,
          change.after(),
          changes.isSilent()));
    });
    return ofCommand;
  }

  /** Passes on the keys the current command has removed. */
  void forEachRemoved(ExpiryListener each) {
    changes.ofCommand((change, before) -> {
      if (before != null && change.after() == null) {
        Key key = change.key();
        each.expired(renumbering.number(key.databaseId()), key.userKey(), before.type());
      }
    });
  }

  /**
   * Overlays the changes on a cursor over committed records or scan entries, which is closed with
   * the result.
   */
  Cursor over(Cursor committed, Column column, KeyRange range, Cursor.Direction direction) {
    NavigableMap<byte[], byte[]> changed = new TreeMap<>(Arrays::compareUnsigned);
    for (Change change : changes.effective()) {
      KeyRecord after = change.after();
      byte[] key = column == Column.SCAN
          ? engine.format().scanKey(change.key())
          : change.key().bytes();
      if (range.contains(key)) {
        changed.put(key, after == null ? RowChanges.DELETED : valueIn(column, after));
      }
    }
    return changed.isEmpty() ? committed : new OverlayCursor(committed, changed, direction);
  }

  private static byte[] valueIn(Column column, KeyRecord record) {
    return column == Column.SCAN ? KeyFormat.scanValue(record.type()) : record.bytes();
  }

  /** Returns what the changes add to the counters of the databases. */
  Databases.Tally tally() {
    Databases.Tally tally = engine.databases().new Tally();
    changes.countInto(tally);
    return tally;
  }

  // ---- the end

  /** Returns whether there is anything to write. */
  boolean isAny() {
    return changes.haveEffect()
        || !(rows.isEmpty() && garbage.isEmpty() && renumbering.isEmpty() && functions.isEmpty());
  }

  void putInto(Batch batch, List<Change> effective) {
    for (Change change : effective) {
      Changes.putInto(batch, engine.format(), change);
    }
    rows.putInto(batch);
    garbage.putInto(batch);
    tally().putInto(batch);
    renumbering.putInto(batch);
    functions.putInto(batch);
  }

  /**
   * Makes the written changes visible to everybody.
   *
   * @param nowMs the time of the unit's last step
   */
  void apply(List<Change> effective, long nowMs) {
    int told = 0;
    try {
      renumbering.apply();
      tally().apply();
      for (; told < effective.size(); told++) {
        apply(effective.get(told), nowMs);
      }
      rows.forEach(engine.cache()::rowChanged);
    } catch (RuntimeException | Error e) {
      // Most likely out of memory: the cache must not keep what it could not be told to replace.
      engine.cache().clear();
      for (; told < effective.size(); told++) {
        engine.cache().changed(effective.get(told).key(), null);
      }
      throw e;
    }
  }

  private void apply(Change change, long nowMs) {
    KeyRecord after = change.after();
    if (after != null && after.dueMs() != KeyRecord.NEVER) {
      engine.deadlines().add(after.dueMs());
    }
    if (change.endsExpired(nowMs)) {
      engine.expired().increment();
    }
    // Last, and if it fails nothing has happened: each announcement must end exactly once.
    engine.cache().changed(change.key(), after);
  }

  /** Runs the commit hook and the after-commit actions. */
  void tell(List<Change> effective) {
    if (!renumbering.isEmpty()) {
      engine.hook().renumbered(engine);
    }
    if (!effective.isEmpty()) {
      engine.hook().committed(effective);
    }
    tellOfNothing();
  }

  /** The same where nothing is left to write. */
  void tellOfNothing() {
    List<Change> undone = changes.undone();
    if (!undone.isEmpty()) {
      engine.hook().committed(undone);
    }
    sequels.run();
  }

  void clear() {
    lookUps.publish();
    changes.clear();
    rows.clear();
    garbage.clear();
    renumbering.clear();
    functions.clear();
    sequels.clear();
    kept.beginStep();
  }

  /** Returns whether this unit changes a key, or has changed it and back. */
  boolean changes(Key key) {
    @Nullable Change change = changes.of(key);
    return change != null && (!change.isNothing() || change.isUndone());
  }
}
