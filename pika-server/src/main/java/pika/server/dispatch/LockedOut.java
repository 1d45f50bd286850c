package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import pika.net.server.Loop;
import pika.server.session.Lane;

/**
 * The lanes of one loop that have found a lock held. They are retried when the loop learns that a
 * pool thread has finished something, since that is the likely holder, or a moment later. If they
 * went to the pool instead, each would hold the lock for a commit of its own, and everybody
 * arriving meanwhile would be sent there too: a key with many writers would never come back to the
 * loop, which serves all of them in one commit.
 *
 * <p>A lane that has been retried often enough queues for the lock on the pool. If too many pool
 * threads wait for locks already, the lane keeps being retried on the loop, at longer intervals.
 * Confined to the loop's thread.
 */
final class LockedOut {
  /** How often in a row a lane is retried before it queues for the lock on the pool. */
  private static final int TRIES = 20;

  private static final long MOMENT_MS = 1;

  /**
   * Short compared with whatever holds a lock for so long, yet long enough for thousands of lanes
   * to be retried in vain.
   */
  private static final long LONGER_MS = 10;

  private final Loop loop;
  private final Consumer<Lane> release;
  private List<Lane> lanes = new ArrayList<>();
  private List<Lane> patient = new ArrayList<>();

  /** Creates the set; {@code release} makes a lane run again. */
  LockedOut(Loop loop, Consumer<Lane> release) {
    this.loop = loop;
    this.release = release;
  }

  /**
   * Parks a lane for a moment; returns false if it has been retried often enough, or the server is
   * closed.
   */
  boolean add(Lane lane) {
    if (lane.lockedOut() > TRIES || (lanes.isEmpty() && !isScheduled(this::retry, MOMENT_MS))) {
      return false;
    }
    lanes.add(lane);
    return true;
  }

  /** Parks a lane that has been retried often enough but finds no room on the pool. */
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

  /** Forgets lanes that somebody else will release. */
  void remove(List<Lane> others) {
    lanes.removeAll(others);
    patient.removeAll(others);
  }

  /** Retries the lanes that have not been retried often yet. */
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
