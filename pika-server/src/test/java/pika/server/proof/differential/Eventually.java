package pika.server.proof.differential;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import pika.server.proof.Command;

/**
 * A question whose answers need not agree at once: Redis counts a key that has expired until
 * somebody meets it or the sweep does.
 */
record Eventually(Command command, Agreement agreement) implements Step {
  private static final long LIMIT_NANOS = Duration.ofSeconds(3).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    agree(arena.duo(), command, agreement);
  }

  static void agree(Duo duo, Command command, Agreement agreement)
      throws IOException, Disagreement {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    Duo.Answers answers = duo.ask(command);
    while (!agreement.agree(answers.oracle(), answers.subject()) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE_NANOS);
      answers = duo.ask(command);
    }
    answers.compare(command, agreement);
  }

  @Override
  public String toString() {
    return "> " + command + "   (until both agree)";
  }
}
