package pika.storage.key;

import java.util.ArrayList;
import java.util.List;

/** How often a unit of work has looked for keys on behalf of commands. Confined to the thread that runs the unit. */
final class LookUps implements Undoable {
  private final Engine engine;
  /** Of the present command; see {@link UnitOfWork#tellMiss}. */
  private final List<byte[]> toldMisses = new ArrayList<>(0);

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

  /** Has a key told that the present command has looked for in vain. */
  void tellMiss(byte[] userKey) {
    toldMisses.add(userKey);
  }

  /** Those keys, in the order in which they were said. */
  List<byte[]> toldMisses() {
    return List.copyOf(toldMisses);
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
    toldMisses.clear();
  }

  @Override
  public void rollbackCommand() {
    hits = hitsBeforeCommand;
    misses = missesBeforeCommand;
    toldMisses.clear();
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
