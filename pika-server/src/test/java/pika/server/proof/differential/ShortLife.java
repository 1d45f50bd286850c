package pika.server.proof.differential;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/**
 * Gives a key a few milliseconds to live and waits by the servers' own clocks until they are over.
 * Nobody touches the key meanwhile: the next step that meets it finds what has expired, not what
 * was swept.
 */
record ShortLife(Command command, String key) implements Step {
  private static final long PAUSE_NANOS = 500_000;

  static ShortLife draw(Dice dice) {
    String key = dice.key();
    int ms = dice.between(5, 20);
    Command command = switch (dice.below(4)) {
      case 0 -> Command.of("PEXPIRE", key, ms);
      case 1 -> Command.of("SET", key, dice.value(), "PX", ms);
      case 2 -> Command.of("PSETEX", key, ms, dice.value());
      default -> Command.of("GETEX", key, "PX", ms);
    };
    return new ShortLife(command, key);
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    Duo duo = arena.duo();
    duo.ask(command, Agreement.EXACT);
    await(duo.oracle());
    await(duo.subject());
  }

  /**
   * Does not wait when the key is gone already, or lives for long because it was not there to
   * expire.
   */
  private void await(Wire wire) throws IOException {
    long deadline = wire.ask("PEXPIRETIME", key).asLong();
    long now = now(wire);
    boolean soon = deadline - now < 1000;
    while (soon && now <= deadline) {
      LockSupport.parkNanos(PAUSE_NANOS);
      now = now(wire);
    }
  }

  private static long now(Wire wire) throws IOException {
    List<RawReply> time = wire.ask("TIME").elements();
    return time.get(0).asLong() * 1000 + time.get(1).asLong() / 1000;
  }

  @Override
  public String toString() {
    return "> " + command + "   (and wait until it has expired)";
  }
}
