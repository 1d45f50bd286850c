package pika.server.dispatch;

import pika.server.command.Place;
import pika.storage.key.UnitOfWork;

/** The kinds of threads that run commands. What one of them can't do continues on the next. */
enum ThreadKind {
  /** An event loop: never waits. */
  LOOP(UnitOfWork.Mode.MEMORY_ONLY),
  /** The fast pool: waits for the disk and for locks. */
  FAST(UnitOfWork.Mode.MAY_BLOCK_BRIEFLY),
  /** The slow pool: runs everything. */
  SLOW(UnitOfWork.Mode.MAY_BLOCK);

  private final UnitOfWork.Mode mode;

  ThreadKind(UnitOfWork.Mode mode) {
    this.mode = mode;
  }

  /** Returns what a unit of work may do on such a thread. */
  UnitOfWork.Mode mode() {
    return mode;
  }

  /** Returns whether a command that belongs to this place may be tried on such a thread. */
  boolean runs(Place place) {
    return switch (place) {
      case LOOP, SLOW_IF_LARGE -> true;
      case POOL -> this != LOOP;
      case LOOP_OR_SLOW -> this != FAST;
      case SLOW -> this == SLOW;
    };
  }

  /** Returns the kind that continues what this one can't do. */
  ThreadKind next() {
    return this == LOOP ? FAST : SLOW;
  }
}
