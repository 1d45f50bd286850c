package pika.storage.key;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts key lookups on behalf of commands (keyspace hits and misses). Confined to the thread that
 * runs the unit.
 */
final class LookUps implements Undoable {
  private final Engine engine;
  /** Of the current command; see {@link UnitOfWork#tellMiss}. */
  private final List<byte[]> toldMisses = new ArrayList<>(0);

  private boolean counting = true;
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
    if (!counting) {
      return;
    }
    if (found) {
      hits++;
    } else {
      misses++;
    }
  }

  /** Counts nothing for the rest of the current command. */
  void pause() {
    counting = false;
  }

  /** Returns how often the current command has looked up a key that does not exist. */
  long commandMisses() {
    return misses - missesBeforeCommand;
  }

  /** Records a missing key that the current command has looked up. */
  void tellMiss(byte[] userKey) {
    toldMisses.add(userKey);
  }

  /** Returns those keys in lookup order. */
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
    counting = true;
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

  /** Adds the counts to the store's statistics and resets them. */
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
