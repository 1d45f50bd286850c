package pika.storage.zset;

import java.util.List;
import pika.storage.bytes.Slice;

/** Iterates over entries of neighbouring runs whose keys are in memory. */
final class RunEntries implements Entries {
  private final List<RunKeys> runs;
  private final int step;
  private int run;
  private int at;
  private int left;

  /**
   * @param before how many entries of the first run come before the first one, in ascending order
   * @param count how many entries there are, at least one
   */
  RunEntries(List<RunKeys> runs, int before, int count, Order order) {
    this.runs = runs;
    this.left = count;
    this.step = order == Order.ASCENDING ? 1 : -1;
    this.at = order == Order.ASCENDING ? before : before + count - 1;
    while (at >= runs.get(run).count()) {
      at -= runs.get(run).count();
      run++;
    }
    // Before the first one.
    at -= step;
  }

  @Override
  public boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    at += step;
    if (at < 0) {
      run--;
      at = runs.get(run).count() - 1;
    } else if (at == runs.get(run).count()) {
      run++;
      at = 0;
    }
    return true;
  }

  @Override
  public double score() {
    return runs.get(run).score(at);
  }

  @Override
  public Slice member() {
    return runs.get(run).member(at);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
