package pika.server.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The pause that CLIENT PAUSE imposes on all clients. The dispatcher checks it before every
 * command, holds the lane of one that has to wait, and tries again when the pause is over.
 *
 * <p>Its length is measured by a clock that nobody sets: a wall clock set back would prolong it.
 *
 * <p>Thread-safe; the check is one volatile read while nothing is paused.
 */
public final class ClientPause {

  /** Which commands wait. */
  public enum Mode {
    NONE,
    /** Those that write or may cause writes. */
    WRITE,
    ALL
  }

  private record State(Mode mode, long untilMs) {}

  private static final State OVER = new State(Mode.NONE, 0);

  private final LongSupplier clockMs;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile State state = OVER;

  public ClientPause() {
    this(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  ClientPause(LongSupplier clockMs) {
    this.clockMs = clockMs;
  }

  /** Adds a listener, called on the thread that starts a pause or ends one early. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Starts a pause; if another is active, the longer time and the stricter mode apply. */
  public void pause(Mode mode, long lengthMs) {
    synchronized (this) {
      long untilMs = clockMs.getAsLong() + lengthMs;
      State old = current();
      Mode stricter = old.mode.compareTo(mode) > 0 ? old.mode : mode;
      state = new State(stricter, Math.max(old.untilMs, untilMs));
    }
    listeners.forEach(Runnable::run);
  }

  public void unpause() {
    synchronized (this) {
      state = OVER;
    }
    listeners.forEach(Runnable::run);
  }

  /** Returns how many milliseconds of the pause are left; 0 when there is none. */
  public long leftMs() {
    State now = current();
    return now.equals(OVER) ? 0 : Math.max(0, now.untilMs - clockMs.getAsLong());
  }

  /** Returns whether anything may have to wait: one volatile read, done before every command. */
  public boolean isOn() {
    return state.mode != Mode.NONE;
  }

  /** Returns which commands currently wait. */
  public Mode mode() {
    return isOn() ? current().mode : Mode.NONE;
  }

  private State current() {
    State now = state;
    return now.equals(OVER) || clockMs.getAsLong() < now.untilMs ? now : ended(now);
  }

  // Clearing an expired pause makes the check cheap again.
  private synchronized State ended(State past) {
    if (state.equals(past)) {
      state = OVER;
    }
    return OVER;
  }
}
