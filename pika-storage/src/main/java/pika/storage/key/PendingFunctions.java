package pika.storage.key;

import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;

/**
 * The function libraries that a unit of work will store at its commit. Confined to the thread that
 * runs the unit.
 */
final class PendingFunctions implements Undoable {
  private @Nullable FunctionLibraries libraries;
  private @Nullable FunctionLibraries beforeStep;
  private @Nullable FunctionLibraries beforeCommand;

  void replace(FunctionLibraries replacement) {
    libraries = replacement;
  }

  /** Returns the replacement, or null when the unit has not replaced them. */
  @Nullable
  FunctionLibraries libraries() {
    return libraries;
  }

  boolean isEmpty() {
    return libraries == null;
  }

  @Override
  public void beginStep() {
    beforeStep = libraries;
    nextCommand();
  }

  @Override
  public void nextCommand() {
    beforeCommand = libraries;
  }

  @Override
  public void rollbackCommand() {
    libraries = beforeCommand;
  }

  @Override
  public void rollbackStep() {
    libraries = beforeStep;
    nextCommand();
  }

  void putInto(Batch batch) {
    if (libraries != null) {
      batch.put(Column.META, FunctionLibraries.key(), libraries.payload());
    }
  }

  void clear() {
    libraries = null;
    beginStep();
  }
}
