package pika.storage.zset;

import java.util.List;
import pika.storage.bytes.Slice;

/** A walk over entries of neighbouring runs whose keys are in memory. */
final class RunEntries implements Entries {
  private final List<RunKeys> runs;
  private final int step;
  private int run;
  private int at;
  private int left;

  /**
   * Walks over {@code count} entries, at least one, in an order.
   *
   * @param before how many entries of the first run come before them in ascending order
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
