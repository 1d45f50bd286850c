package pika.storage.key;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;

/**
 * A unit of work's uncommitted changes, in the order in which keys were first touched, with the
 * undo log that rolls them back. Confined to the thread that runs the unit.
 */
final class Changes implements Undoable {
  /**
   * A map larger than this is replaced, not cleared: clearing takes time proportional to its
   * largest size.
   */
  private static final int KEPT_ENTRIES = 1 << 12;

  private Map<Key, Change> byKey = new HashMap<>();
  private final List<Change> ordered = new ArrayList<>();
  private final UndoLog<Undo> undo = new UndoLog<>(Changes::takeBack);

  /**
   * Numbers the commands, so that a change can tell whether the current one has touched it. What is
   * done after a rollback counts as another command.
   */
  private long command = 1;

  private boolean quiet;
  private boolean silent;

  /** Undoes all that a command has written to a key. */
  private record Undo(
      Change change,
      @Nullable KeyRecord after,
      Change.Cause cause,
      boolean rowsChanged,
      boolean noticed,
      boolean stood) {}

  /** Returns the change of a key, or null when the unit has not opened the key for writing. */
  @Nullable
  Change of(Key key) {
    return byKey.isEmpty() ? null : byKey.get(key);
  }

  /** Starts tracking a key whose committed record is {@code before}. */
  Change add(Key key, @Nullable KeyRecord before) {
    Change change = new Change(key, before);
    byKey.put(key, change);
    ordered.add(change);
    return change;
  }

  void write(Change change, @Nullable KeyRecord after, Change.Cause cause) {
    remember(change);
    boolean stays = change.after() != null && after != null;
    boolean toldOf = !(silent || (quiet && stays));
    change.become(
        after,
        cause,
        change.rowsChanged(),
        change.isNoticed() || toldOf,
        change.stood() || (toldOf && after != null));
  }

  /**
   * Records that rows of the value changed: commit listeners must see that like any other change.
   */
  void writeRows(Change change) {
    if (!change.rowsChanged() || !change.isTouchedBy(command)) {
      remember(change);
      boolean stood = change.stood() || (!quiet && change.after() != null);
      change.become(change.after(), change.cause(), true, change.isNoticed() || !quiet, stood);
    }
  }

  /** To be called before a write. */
  private void remember(Change change) {
    if (!change.isTouchedBy(command)) {
      undo.add(new Undo(
          change,
          change.after(),
          change.cause(),
          change.rowsChanged(),
          change.isNoticed(),
          change.stood()));
      change.touchedBy(command);
    }
  }

  @Override
  public void beginStep() {
    undo.beginStep();
    command++;
    quiet = false;
    silent = false;
  }

  @Override
  public void nextCommand() {
    undo.nextCommand();
    command++;
    quiet = false;
    silent = false;
  }

  /** Hides the current command's changes from watchers, except creating and deleting keys. */
  void beQuiet() {
    quiet = true;
  }

  boolean isQuiet() {
    return quiet;
  }

  /** Hides all further changes of the current command from everybody. */
  void beSilent() {
    quiet = true;
    silent = true;
  }

  boolean isSilent() {
    return silent;
  }

  /**
   * Passes each key the current command has touched, in order of first touch, and the record it had
   * before the command.
   */
  void ofCommand(BiConsumer<Change, @Nullable KeyRecord> each) {
    for (Undo step : undo.ofCommand()) {
      each.accept(step.change, step.after);
    }
  }

  /** Returns whether the current step has changed a key that matches {@code concerns}. */
  boolean stepChanged(Predicate<Key> concerns) {
    for (Undo step : undo.ofStep()) {
      if (concerns.test(step.change.key())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void rollbackCommand() {
    undo.rollbackCommand();
    command++;
  }

  @Override
  public void rollbackStep() {
    undo.rollbackStep();
    command++;
  }

  private static void takeBack(Undo step) {
    step.change.become(step.after, step.cause, step.rowsChanged, step.noticed, step.stood);
  }

  boolean isEmpty() {
    return ordered.isEmpty();
  }

  /** Returns whether any key actually changes, rather than having only been opened for writing. */
  boolean haveEffect() {
    for (Change change : ordered) {
      if (!change.isNothing()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the changes that have an effect. */
  List<Change> effective() {
    List<Change> effective = new ArrayList<>(ordered.size());
    for (Change change : ordered) {
      if (!change.isNothing()) {
        effective.add(change);
      }
    }
    return effective;
  }

  /** Returns the changes that leave nothing to write but are reported, see {@link Change#isUndone}. */
  List<Change> undone() {
    List<Change> undone = List.of();
    for (Change change : ordered) {
      if (change.isUndone()) {
        undone = undone.isEmpty() ? new ArrayList<>() : undone;
        undone.add(change);
      }
    }
    return undone;
  }

  /** Adds the changes' effect on the databases' key and expiry counters. */
  void countInto(Databases.Tally tally) {
    for (Change change : ordered) {
      tally.count(
          change.key().databaseId(),
          presence(change.after()) - presence(change.before()),
          deadlines(change.after()) - deadlines(change.before()));
    }
  }

  void clear() {
    if (ordered.size() > KEPT_ENTRIES) {
      byKey = new HashMap<>();
    } else {
      byKey.clear();
    }
    ordered.clear();
    undo.beginStep();
  }

  /**
   * Writes a record and what goes with it: its entries in the scan and expiry indexes. A late
   * payload is encoded now, which may add rows to the unit: they are written after the records.
   */
  static void putInto(Batch batch, KeyFormat format, Change change) {
    Key key = change.key();
    KeyRecord before = change.before();
    KeyRecord after = change.after();
    if (after == before) {
      return;
    }
    if (after == null) {
      batch.delete(Column.RECORD, key.bytes());
      batch.delete(Column.SCAN, format.scanKey(key));
    } else {
      after.complete();
      batch.put(Column.RECORD, key.bytes(), after.bytes());
      if (before == null || before.type() != after.type()) {
        batch.put(Column.SCAN, format.scanKey(key), KeyFormat.scanValue(after.type()));
      }
    }
    long oldDeadline = before == null ? KeyRecord.NEVER : before.dueMs();
    long newDeadline = after == null ? KeyRecord.NEVER : after.dueMs();
    if (oldDeadline != newDeadline) {
      if (oldDeadline != KeyRecord.NEVER) {
        batch.delete(Column.EXPIRY, format.expiryKey(oldDeadline, key));
      }
      if (newDeadline != KeyRecord.NEVER) {
        batch.put(Column.EXPIRY, format.expiryKey(newDeadline, key), new byte[0]);
      }
    }
  }

  private static int presence(@Nullable KeyRecord record) {
    return record == null ? 0 : 1;
  }

  private static int deadlines(@Nullable KeyRecord record) {
    return record == null || record.expireAtMs() == KeyRecord.NEVER ? 0 : 1;
  }
}
