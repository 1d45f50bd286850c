package pika.server.proof.differential;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/**
 * Gives a key a few milliseconds to live and waits by the servers' own clocks until they are over. Nobody
 * touches the key meanwhile: the next step that meets it finds what has expired, not what was swept.
 */
record ShortLife(Command command, String key) implements Step {
  private static final long PAUSE_NANOS = 500_000;
  private static final Agreement CLOSE = Agreement.near(2000);

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
    Duo.Answers deadlines = duo.ask(Command.of("PEXPIRETIME", key), CLOSE);
    await(duo.oracle(), deadlines.oracle());
    await(duo.subject(), deadlines.subject());
  }

  /** Does not wait for a key that was refused its deadline: then that is 0 or negative, or far away. */
  private static void await(Wire wire, RawReply deadline) throws IOException {
    long end = deadline.isError() ? 0 : deadline.asLong();
    long now = now(wire);
    boolean soon = end - now < 1000;
    while (soon && now <= end) {
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
