package pika.server.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * The pause that CLIENT PAUSE puts on all clients. The executor asks before
 * every command, keeps back the lane of one that has to wait, and tries again when the pause is
 * over.
 *
 * <p>Safe for use by all threads: the question is one volatile read while nothing is paused.
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

  public ClientPause(LongSupplier clockMs) {
    this.clockMs = clockMs;
  }

  /** Called on the thread that ends a pause before its time, and on the one that starts one. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Starts a pause; on top of another one, the longer time and the stricter mode hold. */
  public void pause(Mode mode, long untilMs) {
    synchronized (this) {
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

  /** When the pause ends, in Unix milliseconds; in the past when there is none. */
  public long untilMs() {
    return state.untilMs;
  }

  /** Whether anything may have to wait: one volatile read, asked before every command. */
  public boolean isOn() {
    return state.mode != Mode.NONE;
  }

  /** What waits now. */
  public Mode mode() {
    return isOn() ? current().mode : Mode.NONE;
  }

  private State current() {
    State now = state;
    return now.equals(OVER) || clockMs.getAsLong() < now.untilMs ? now : ended(now);
  }

  // Forgetting a pause whose time is over makes the question cheap again.
  private synchronized State ended(State past) {
    if (state.equals(past)) {
      state = OVER;
    }
    return OVER;
  }
}
