package pika.storage.key;

import java.util.List;

/** Told of every commit, after it is written and before its locks are given back. Must be quick and must not throw. */
@FunctionalInterface
public interface CommitHook {
  /**
   * The keys that changed, in the order of their first change; those that were made and removed again come by themselves,
   * without a record before or after.
   */
  void committed(List<Change> changes);

  /**
   * Databases were emptied or exchanged: a number stands for other keys than before. Nobody else holds a lock at that
   * moment.
   */
  default void renumbered(Engine engine) {}

  /** Tells this one first, then {@code other}. */
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
