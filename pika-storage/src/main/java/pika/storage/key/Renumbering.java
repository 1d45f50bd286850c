package pika.storage.key;

import pika.storage.rocks.Batch;

/**
 * Which database id each number has for one unit of work. Flushing gives a number a new id, swapping exchanges two; the unit
 * must hold all locks for that. Otherwise the ids are those that were committed when the present step began: they stay
 * the same for the whole step, even if another unit flushes or swaps meanwhile. Confined to the thread that runs the unit.
 */
final class Renumbering implements Undoable {
  private final Databases databases;
  /** By number. The arrays are not modified, so that an old one can be gone back to. */
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

  /** The number that has this id. */
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

  /** After the commit: makes the new ids everybody's. */
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
