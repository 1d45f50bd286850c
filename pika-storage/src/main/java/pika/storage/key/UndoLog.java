package pika.storage.key;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An undo log of one step, replayed newest first to where its last command began or to the step's
 * beginning. Confined to the thread that runs the unit.
 */
final class UndoLog<U> implements Undoable {
  private final List<U> entries = new ArrayList<>();
  private final Consumer<U> takesBack;

  /** Where the current command begins; entries before it belong to earlier commands of the step. */
  private int commandStart;
  /** Entries before this index have been checked by {@link #forget} or are not its concern. */
  private int forgottenUpTo;

  UndoLog(Consumer<U> takesBack) {
    this.takesBack = takesBack;
  }

  void add(U entry) {
    entries.add(entry);
  }

  /** Returns the entries of the whole step. */
  List<U> ofStep() {
    return entries;
  }

  /** Returns the entries of the last command. */
  List<U> ofCommand() {
    return entries.subList(commandStart, entries.size());
  }

  /**
   * Drops entries that the last command has added since the last call and that {@code settled}
   * matches: they can no longer be undone. Entries kept by earlier calls are not checked again, so
   * repeated calls take time proportional to what was added.
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
