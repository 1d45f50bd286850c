package pika.storage.key;

import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;

/** The libraries of functions that a unit of work is about to have stored. Confined to the thread that runs the unit. */
final class PendingFunctions implements Undoable {
  private @Nullable FunctionLibraries libraries;
  private @Nullable FunctionLibraries beforeStep;
  private @Nullable FunctionLibraries beforeCommand;

  void replace(FunctionLibraries replacement) {
    libraries = replacement;
  }

  /** Null while they stay as they are. */
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
