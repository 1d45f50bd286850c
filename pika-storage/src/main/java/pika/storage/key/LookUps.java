package pika.storage.key;

/** How often a unit of work has looked for keys on behalf of commands. Confined to the thread that runs the unit. */
final class LookUps implements Undoable {
  private final Engine engine;
  private long hits;
  private long misses;
  private long hitsBeforeStep;
  private long missesBeforeStep;
  private long hitsBeforeCommand;
  private long missesBeforeCommand;

  LookUps(Engine engine) {
    this.engine = engine;
  }

  void add(boolean found) {
    if (found) {
      hits++;
    } else {
      misses++;
    }
  }

  /** How often the present command has looked for a key that was not there. */
  long commandMisses() {
    return misses - missesBeforeCommand;
  }

  @Override
  public void beginStep() {
    hitsBeforeStep = hits;
    missesBeforeStep = misses;
    nextCommand();
  }

  @Override
  public void nextCommand() {
    hitsBeforeCommand = hits;
    missesBeforeCommand = misses;
  }

  @Override
  public void rollbackCommand() {
    hits = hitsBeforeCommand;
    misses = missesBeforeCommand;
  }

  @Override
  public void rollbackStep() {
    hits = hitsBeforeStep;
    misses = missesBeforeStep;
    nextCommand();
  }

  /** Adds what was counted to the store's statistics. */
  void publish() {
    if (hits + misses > 0) {
      engine.hits().add(hits);
      engine.misses().add(misses);
      hits = 0;
      misses = 0;
    }
    beginStep();
  }
}
