package pika.server.dispatch;

import java.util.List;
import java.util.function.Consumer;
import pika.storage.rocks.StorageException;

/**
 * Executes portions one by one on a pool thread; commands share a commit as far as the model
 * allows. The replies are left to whoever is notified of the end.
 */
final class PortionTask implements RunnerPool.Work {
  /** The server's own bound of one commit. */
  static final int COMMANDS_PER_COMMIT = 512;

  private final Services services;
  private final List<Portion> portions;
  private final int commandsPerCommit;
  private final Consumer<PortionTask> whenDone;
  private int firstUncommitted;
  private int current;
  private int uncommittedCommands;

  /**
   * Creates a task.
   *
   * @param whenDone called on the pool thread when everything is committed
   */
  PortionTask(
      Services services,
      List<Portion> portions,
      int commandsPerCommit,
      Consumer<PortionTask> whenDone) {
    this.services = services;
    this.portions = portions;
    this.commandsPerCommit = commandsPerCommit;
    this.whenDone = whenDone;
  }

  @Override
  public void run(CommandRunner runner) {
    runner.tick();
    for (; current < portions.size(); current++) {
      execute(portions.get(current), runner);
    }
    current--;
    commit(runner);
    whenDone.accept(this);
  }

  @Override
  public void commit(CommandRunner runner) {
    uncommittedCommands = 0;
    try {
      runner.unit().commit();
      uncommitted().forEach(Portion::committed);
    } catch (StorageException e) {
      uncommitted().forEach(portion -> portion.failed(services, e));
    }
    firstUncommitted = current;
  }

  /** Passes all replies to their connections. */
  void deliver() {
    portions.forEach(Portion::deliver);
  }

  private void execute(Portion portion, CommandRunner runner) {
    portion.prefetch(runner);
    while (!portion.isDone()) {
      portion.executeNext(runner);
      if (++uncommittedCommands >= commandsPerCommit) {
        commit(runner);
      }
    }
  }

  private List<Portion> uncommitted() {
    return portions.subList(firstUncommitted, current + 1);
  }
}
