package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import pika.net.server.Loop;
import pika.server.session.Lane;

/**
 * The lanes of one loop that have found a lock taken. They try again when the loop learns that a pool thread has ended
 * something, which is the likely holder, or a moment later. Going to the pool instead they would hold the lock one by one,
 * each for a commit of its own, and send there everybody who comes meanwhile: a key that many write would never come back to
 * the loop, which serves all of them in one commit. Confined to the loop's thread.
 */
final class LockedOut {
  /** So often in a row a lane tries; then it queues for the lock on the pool. */
  private static final int TRIES = 5;

  private static final long MOMENT_MS = 1;

  private final Loop loop;
  private final Consumer<Lane> release;
  private List<Lane> lanes = new ArrayList<>();

  /** Lets go of lanes by {@code release}. */
  LockedOut(Loop loop, Consumer<Lane> release) {
    this.loop = loop;
    this.release = release;
  }

  /** Lets a lane wait for a moment, unless it has done so often enough. */
  boolean add(Lane lane) {
    if (lane.lockedOut() > TRIES) {
      return false;
    }
    if (lanes.isEmpty() && !retrySoon()) {
      return false;
    }
    lanes.add(lane);
    return true;
  }

  private boolean retrySoon() {
    try {
      var unused = loop.schedule(this::retry, MOMENT_MS);
      return true;
    } catch (RejectedExecutionException e) {
      // The server has been closed.
      return false;
    }
  }

  /** Leaves lanes to somebody else, who will release them. */
  void remove(List<Lane> others) {
    lanes.removeAll(others);
  }

  /** Lets all of them try again. */
  void retry() {
    if (!lanes.isEmpty()) {
      List<Lane> all = lanes;
      lanes = new ArrayList<>();
      all.forEach(release);
    }
  }
}
