package pika.storage.key;

import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Batch;

/**
 * Which database id each number has for one unit of work, while that differs from what is committed. Flushing gives a
 * number a new id, swapping exchanges two. Confined to the thread that runs the unit, which must hold all locks to change
 * anything here.
 */
final class Renumbering {
  private final Databases databases;
  /** Null while nothing is changed. The arrays are not modified, so that an old one can be gone back to. */
  private int @Nullable [] ids;

  private int @Nullable [] idsBeforeCommand;

  Renumbering(Databases databases) {
    this.databases = databases;
  }

  int id(int number) {
    return ids == null ? databases.id(number) : ids[number];
  }

  boolean isEmpty() {
    return ids == null;
  }

  void renew(int number) {
    int[] next = copy();
    next[number] = databases.newId();
    ids = next;
  }

  void swap(int one, int other) {
    int[] next = copy();
    int id = next[one];
    next[one] = next[other];
    next[other] = id;
    ids = next;
  }

  void beginCommand() {
    idsBeforeCommand = ids;
  }

  void rollbackCommand() {
    ids = idsBeforeCommand;
  }

  void putInto(Batch batch) {
    if (ids != null) {
      databases.putInto(batch, ids);
    }
  }

  /** After the commit: makes the new ids everybody's. */
  void apply() {
    if (ids != null) {
      databases.renumber(ids);
    }
  }

  void clear() {
    ids = null;
    idsBeforeCommand = null;
  }

  private int[] copy() {
    if (ids != null) {
      return ids.clone();
    }
    int[] committed = new int[databases.count()];
    for (int number = 0; number < committed.length; number++) {
      committed[number] = databases.id(number);
    }
    return committed;
  }
}
