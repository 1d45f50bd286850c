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
 * What a unit of work has made of its keys and not yet committed, in the order of their first change, with what is needed
 * to take changes back. Confined to the thread that runs the unit.
 */
final class Changes implements Undoable {
  /** A map that grew beyond this is not kept: clearing it takes time in proportion to its largest size. */
  private static final int KEPT_ENTRIES = 1 << 12;

  private Map<Key, Change> byKey = new HashMap<>();
  private final List<Change> ordered = new ArrayList<>();
  private final UndoLog<Undo> undo = new UndoLog<>(Changes::takeBack);

  /** Counts the commands, so that each change can tell whether the present one has touched it. */
  private int command;

  private boolean quiet;
  private boolean silent;

  /** How to go back by one step; {@code first} marks a command's first step on a key. */
  private record Undo(
      Change change,
      @Nullable KeyRecord after,
      Change.Cause cause,
      boolean rowsChanged,
      boolean noticed,
      boolean stood,
      boolean first) {}

  /** The change of a key, null when the unit hasn't looked at it for changing. */
  @Nullable
  Change of(Key key) {
    return byKey.isEmpty() ? null : byKey.get(key);
  }

  /** Begins to follow a key whose committed record is {@code before}. */
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

  /** Notes that rows of the value change, which those who are told of commits must learn like any other change. */
  void writeRows(Change change) {
    if (!change.rowsChanged() || !change.isTouchedBy(command)) {
      remember(change);
      boolean stood = change.stood() || (!quiet && change.after() != null);
      change.become(change.after(), change.cause(), true, change.isNoticed() || !quiet, stood);
    }
  }

  private void remember(Change change) {
    boolean first = !change.isTouchedBy(command);
    undo.add(new Undo(
        change,
        change.after(),
        change.cause(),
        change.rowsChanged(),
        change.isNoticed(),
        change.stood(),
        first));
    change.touchedBy(command);
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

  /** What the present command makes of values that stay is nothing to those who watch them. */
  void beQuiet() {
    quiet = true;
  }

  boolean isQuiet() {
    return quiet;
  }

  /** What the present command makes of keys from now on is nothing to anybody. */
  void beSilent() {
    quiet = true;
    silent = true;
  }

  boolean isSilent() {
    return silent;
  }

  /** Tells each key that the present command has touched, in the order of its first steps, and what stood there before. */
  void ofCommand(BiConsumer<Change, @Nullable KeyRecord> each) {
    for (Undo step : undo.ofCommand()) {
      if (step.first) {
        each.accept(step.change, step.after);
      }
    }
  }

  /** Whether the present step has changed a key of which {@code concerns} holds. */
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
  }

  @Override
  public void rollbackStep() {
    undo.rollbackStep();
  }

  private static void takeBack(Undo step) {
    step.change.become(step.after, step.cause, step.rowsChanged, step.noticed, step.stood);
  }

  boolean isEmpty() {
    return ordered.isEmpty();
  }

  /** Whether any of the keys is to become another than it was, rather than only looked at. */
  boolean haveEffect() {
    for (Change change : ordered) {
      if (!change.isNothing()) {
        return true;
      }
    }
    return false;
  }

  /** Those that a commit has to tell of. */
  List<Change> effective() {
    List<Change> effective = new ArrayList<>(ordered.size());
    for (Change change : ordered) {
      if (!change.isNothing()) {
        effective.add(change);
      }
    }
    return effective;
  }

  /** Those that leave nothing to write, and yet are told of; see {@link Change#isUndone}. */
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

  /** What the changes add to the counters of the databases. */
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

  /** Writes a record and whatever moves with it: its entries in the scan and the expiry index. */
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
