package pika.storage.key;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Batch;

/**
 * What a unit of work leaves to the reaper: values dropped by their header, and rows written ahead
 * of their header, which are garbage unless the unit commits. Confined to the thread that runs the
 * unit.
 */
final class PendingGarbage implements Undoable {
  private final Engine engine;
  private final List<Garbage> dropped = new ArrayList<>();
  private final List<Garbage> writtenAhead = new ArrayList<>();
  private int droppedBeforeStep;
  private int droppedBeforeCommand;
  private int writtenAheadBeforeStep;
  private int writtenAheadBeforeCommand;

  PendingGarbage(Engine engine) {
    this.engine = engine;
  }

  void drop(Garbage.Kind kind, byte[] prefix) {
    dropped.add(new Garbage(engine.versions().next(), kind, prefix));
  }

  /** Leaves the rows of {@code present} to the reaper, unless the replacement keeps them. */
  void dropRows(Key owner, @Nullable KeyRecord present, @Nullable KeyRecord replacement) {
    if (present == null
        || (replacement != null && replacement.rowsVersion() == present.rowsVersion())) {
      return;
    }
    KeyRecord.RowsId old = present.rows();
    if (old != null) {
      drop(Garbage.Kind.ROWS, engine.format().rowPrefix(owner, old));
    }
  }

  /** Adds a garbage entry for rows about to be written ahead to their batch, once per prefix. */
  void announceRows(byte[] prefix, Batch ahead) {
    if (writtenAhead.stream().anyMatch(entry -> entry.prefix() == prefix)) {
      return;
    }
    Garbage entry = new Garbage(engine.versions().next(), Garbage.Kind.ROWS, prefix);
    // Before the entry becomes visible: the reaper treats an entry missing from this set as
    // abandoned.
    engine.unfinished().add(entry.id());
    writtenAhead.add(entry);
    entry.putInto(ahead);
  }

  /** Returns whether a row belongs to a value whose rows this unit has begun to write ahead. */
  boolean isWrittenAhead(byte[] rowKey) {
    for (Garbage entry : writtenAhead) {
      if (entry.range().contains(rowKey)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void beginStep() {
    droppedBeforeStep = dropped.size();
    writtenAheadBeforeStep = writtenAhead.size();
    nextCommand();
  }

  @Override
  public void nextCommand() {
    droppedBeforeCommand = dropped.size();
    writtenAheadBeforeCommand = writtenAhead.size();
  }

  @Override
  public void rollbackCommand() {
    rollback(droppedBeforeCommand, writtenAheadBeforeCommand);
  }

  @Override
  public void rollbackStep() {
    rollback(droppedBeforeStep, writtenAheadBeforeStep);
    nextCommand();
  }

  /** Leaves what was written ahead to the reaper. */
  private void rollback(int droppedBefore, int writtenAheadBefore) {
    dropped.subList(droppedBefore, dropped.size()).clear();
    leaveToReaper(writtenAhead.subList(writtenAheadBefore, writtenAhead.size()));
  }

  boolean isEmpty() {
    return dropped.isEmpty() && writtenAhead.isEmpty();
  }

  void putInto(Batch batch) {
    for (Garbage entry : dropped) {
      entry.putInto(batch);
    }
    for (Garbage entry : writtenAhead) {
      entry.deleteFrom(batch);
    }
  }

  /** To be called after the commit, or instead of it. */
  void clear() {
    if (!dropped.isEmpty()) {
      dropped.clear();
      engine.garbageAdded();
    }
    leaveToReaper(writtenAhead);
    beginStep();
  }

  private void leaveToReaper(List<Garbage> entries) {
    if (entries.isEmpty()) {
      return;
    }
    for (Garbage entry : entries) {
      engine.unfinished().remove(entry.id());
    }
    entries.clear();
    engine.garbageAdded();
  }
}
