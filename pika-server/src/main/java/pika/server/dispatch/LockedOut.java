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
 * the loop, which serves all of them in one commit.
 *
 * <p>Whoever has tried often enough queues for the lock on the pool. If so many do that already that only the threads are
 * left which others need, he goes on trying, now and then. Confined to the loop's thread.
 */
final class LockedOut {
  /** So often in a row a lane tries; then it queues for the lock on the pool. */
  private static final int TRIES = 20;

  private static final long MOMENT_MS = 1;

  /** Short beside what keeps a lock so long, and long enough for thousands of lanes that try in vain. */
  private static final long LONGER_MS = 10;

  private final Loop loop;
  private final Consumer<Lane> release;
  private List<Lane> lanes = new ArrayList<>();
  private List<Lane> patient = new ArrayList<>();

  /** Lets go of lanes by {@code release}. */
  LockedOut(Loop loop, Consumer<Lane> release) {
    this.loop = loop;
    this.release = release;
  }

  /** Lets a lane wait for a moment, unless it has done so often enough. */
  boolean add(Lane lane) {
    if (lane.lockedOut() > TRIES || (lanes.isEmpty() && !isScheduled(this::retry, MOMENT_MS))) {
      return false;
    }
    lanes.add(lane);
    return true;
  }

  /** Lets a lane wait that has done so often enough, and for which there is no room on the pool. */
  void addForLonger(Lane lane) {
    if (!patient.isEmpty() || isScheduled(this::retryPatient, LONGER_MS)) {
      patient.add(lane);
    }
  }

  private boolean isScheduled(Runnable retry, long delayMs) {
    try {
      var unused = loop.schedule(retry, delayMs);
      return true;
    } catch (RejectedExecutionException e) {
      // The server has been closed.
      return false;
    }
  }

  /** Leaves lanes to somebody else, who will release them. */
  void remove(List<Lane> others) {
    lanes.removeAll(others);
    patient.removeAll(others);
  }

  /** Lets those try again that have not done so often. */
  void retry() {
    if (!lanes.isEmpty()) {
      List<Lane> all = lanes;
      lanes = new ArrayList<>();
      all.forEach(release);
    }
  }

  private void retryPatient() {
    List<Lane> all = patient;
    patient = new ArrayList<>();
    all.forEach(release);
  }
}
