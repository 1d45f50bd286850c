package pika.storage.key;

import pika.storage.rocks.Batch;

/**
 * The database id of each number, as one unit of work sees it. FLUSHDB gives a number a new id,
 * SWAPDB exchanges two; for either the unit must hold all locks. Otherwise the ids are those
 * committed when the current step began: they stay the same for the whole step, even if another
 * unit flushes or swaps meanwhile. Confined to the thread that runs the unit.
 */
final class Renumbering implements Undoable {
  private final Databases databases;
  /** Ids by number. Copy-on-write, so that rollback can restore an old array. */
  private int[] ids;

  private boolean changed;
  private int[] idsBeforeStep;
  private boolean changedBeforeStep;
  private int[] idsBeforeCommand;
  private boolean changedBeforeCommand;

  Renumbering(Databases databases) {
    this.databases = databases;
    this.ids = databases.ids();
    this.idsBeforeStep = ids;
    this.idsBeforeCommand = ids;
  }

  int id(int number) {
    return ids[number];
  }

  /** Returns the number that maps to this id. */
  int number(int id) {
    for (int number = 0; number < ids.length; number++) {
      if (ids[number] == id) {
        return number;
      }
    }
    throw new IllegalArgumentException("no database has the id " + id);
  }

  boolean isEmpty() {
    return !changed;
  }

  void renew(int number) {
    int[] next = ids.clone();
    next[number] = databases.newId();
    ids = next;
    changed = true;
  }

  void swap(int one, int other) {
    int[] next = ids.clone();
    next[one] = ids[other];
    next[other] = ids[one];
    ids = next;
    changed = true;
  }

  @Override
  public void beginStep() {
    if (!changed) {
      ids = databases.ids();
    }
    idsBeforeStep = ids;
    changedBeforeStep = changed;
    nextCommand();
  }

  @Override
  public void nextCommand() {
    idsBeforeCommand = ids;
    changedBeforeCommand = changed;
  }

  @Override
  public void rollbackCommand() {
    ids = idsBeforeCommand;
    changed = changedBeforeCommand;
  }

  @Override
  public void rollbackStep() {
    ids = idsBeforeStep;
    changed = changedBeforeStep;
    nextCommand();
  }

  void putInto(Batch batch) {
    if (changed) {
      databases.putInto(batch, ids);
    }
  }

  /** Publishes the new ids, after the commit. */
  void apply() {
    if (changed) {
      databases.renumber(ids);
    }
  }

  void clear() {
    changed = false;
    beginStep();
  }
}
