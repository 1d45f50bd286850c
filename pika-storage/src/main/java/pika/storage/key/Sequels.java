package pika.storage.key;

import java.util.ArrayList;
import java.util.List;

/**
 * After-commit actions in the order they were added, those of rolled-back commands removed.
 * Confined to the thread that runs the unit.
 */
final class Sequels implements Undoable {
  private final List<Runnable> sequels = new ArrayList<>();
  private int beforeStep;
  private int beforeCommand;

  void add(Runnable sequel) {
    sequels.add(sequel);
  }

  @Override
  public void beginStep() {
    beforeStep = sequels.size();
    nextCommand();
  }

  @Override
  public void nextCommand() {
    beforeCommand = sequels.size();
  }

  @Override
  public void rollbackCommand() {
    rollback(beforeCommand);
  }

  @Override
  public void rollbackStep() {
    rollback(beforeStep);
    beforeCommand = beforeStep;
  }

  private void rollback(int before) {
    if (sequels.size() > before) {
      sequels.subList(before, sequels.size()).clear();
    }
  }

  void run() {
    for (Runnable sequel : sequels) {
      sequel.run();
    }
  }

  void clear() {
    sequels.clear();
    beginStep();
  }
}
