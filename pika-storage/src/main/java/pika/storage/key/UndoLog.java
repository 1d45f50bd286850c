package pika.storage.key;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * How to go back by what a step has done, newest first: to where its last command began, or to its own beginning. Confined
 * to the thread that runs the unit.
 */
final class UndoLog<U> implements Undoable {
  private final List<U> entries = new ArrayList<>();
  private final Consumer<U> takesBack;

  /** Where the present command begins; what is before belongs to earlier commands of the step. */
  private int commandStart;
  /** What is before has been looked at by {@link #forget}, or isn't its business. */
  private int forgottenUpTo;

  UndoLog(Consumer<U> takesBack) {
    this.takesBack = takesBack;
  }

  void add(U entry) {
    entries.add(entry);
  }

  /** What the whole step has done. */
  List<U> ofStep() {
    return entries;
  }

  /** What its last command has done. */
  List<U> ofCommand() {
    return entries.subList(commandStart, entries.size());
  }

  /**
   * Drops what the last command has done since the last call and {@code settled} names: it can't be taken back any more. What
   * earlier calls have left is not looked at again, so that many calls take time in proportion to what is done in between.
   */
  void forget(Predicate<U> settled) {
    entries.subList(forgottenUpTo, entries.size()).removeIf(settled);
    forgottenUpTo = entries.size();
  }

  @Override
  public void beginStep() {
    entries.clear();
    commandStart = 0;
    forgottenUpTo = 0;
  }

  @Override
  public void nextCommand() {
    commandStart = entries.size();
    forgottenUpTo = commandStart;
  }

  @Override
  public void rollbackCommand() {
    rollback(commandStart);
  }

  @Override
  public void rollbackStep() {
    rollback(0);
    commandStart = 0;
  }

  private void rollback(int start) {
    for (int i = entries.size() - 1; i >= start; i--) {
      takesBack.accept(entries.remove(i));
    }
    forgottenUpTo = start;
  }
}
