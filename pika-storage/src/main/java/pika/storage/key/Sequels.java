package pika.storage.key;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done after a commit, in the order of the commands that want it, with what is needed
 * to forget those of one command. Confined to the thread that runs the unit.
 */
final class Sequels {
  private final List<Runnable> sequels = new ArrayList<>();
  private int beforeCommand;

  void add(Runnable sequel) {
    sequels.add(sequel);
  }

  void beginCommand() {
    beforeCommand = sequels.size();
  }

  void rollbackCommand() {
    if (sequels.size() > beforeCommand) {
      sequels.subList(beforeCommand, sequels.size()).clear();
    }
  }

  void run() {
    for (Runnable sequel : sequels) {
      sequel.run();
    }
  }

  void clear() {
    sequels.clear();
    beforeCommand = 0;
  }
}
