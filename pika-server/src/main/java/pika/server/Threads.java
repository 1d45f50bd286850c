package pika.server;

import pika.server.config.Config;
import pika.server.config.ConfigKeys;

/**
 * The number of threads of each kind.
 *
 * @param loops event loops, which also execute commands in memory
 * @param fast pool threads for quick commands that wait for the disk or for locks
 * @param slow pool threads for commands that take long
 */
record Threads(int loops, int fast, int slow) {
  private static final int MAX_AUTOMATIC_LOOPS = 8;
  private static final int MIN_FAST = 4;
  private static final int MIN_SLOW = 2;

  /** Returns the configured numbers; where that is 0, a number derived from the processors. */
  static Threads of(Config config) {
    int processors = Runtime.getRuntime().availableProcessors();
    return new Threads(
        orElse(
            config.get(ConfigKeys.THREAD_NUM),
            Math.min(MAX_AUTOMATIC_LOOPS, Math.max(1, processors / 2))),
        orElse(config.get(ConfigKeys.THREAD_POOL_SIZE), Math.max(MIN_FAST, processors)),
        orElse(
            config.get(ConfigKeys.SLOW_CMD_THREAD_POOL_SIZE), Math.max(MIN_SLOW, processors / 4)));
  }

  private static int orElse(int configured, int automatic) {
    return configured > 0 ? configured : automatic;
  }
}
