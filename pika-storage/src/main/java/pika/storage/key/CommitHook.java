package pika.storage.key;

import java.util.List;

/**
 * Called for every commit, after it is written and before its locks are released. Must be quick and
 * must not throw.
 */
@FunctionalInterface
public interface CommitHook {
  /**
   * Called with the keys that changed, in the order of their first change. Keys that were created and
   * deleted again come in a call of their own, with no record before or after.
   */
  void committed(List<Change> changes);

  /**
   * Called when databases were flushed or swapped, so that a number now stands for other keys. No
   * other unit holds a lock during the call.
   */
  default void renumbered(Engine engine) {}

  /** Returns a hook that calls this one first, then {@code other}. */
  default CommitHook and(CommitHook other) {
    CommitHook first = this;
    return new CommitHook() {
      @Override
      public void committed(List<Change> changes) {
        first.committed(changes);
        other.committed(changes);
      }

      @Override
      public void renumbered(Engine engine) {
        first.renumbered(engine);
        other.renumbered(engine);
      }
    };
  }
}
