package pika.server.script.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What FUNCTION STATS and FUNCTION KILL ask about functions that run at this moment. Safe for many threads. */
public interface RunningFunctions {
  /** None ever runs. */
  RunningFunctions NONE = new RunningFunctions() {
    @Override
    public @Nullable Run longest() {
      return null;
    }

    @Override
    public boolean kill() {
      return false;
    }
  };

  /** The one that has run for the longest time, or null. */
  @Nullable
  Run longest();

  /** Ends those that run for too long; false if there are none. */
  boolean kill();

  /**
   * A function that is being run.
   *
   * @param command the whole call, its name first
   */
  record Run(String function, List<byte[]> command, long durationMs) {}
}
