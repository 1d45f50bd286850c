package pika.server.proof.differential;

import java.io.IOException;
import pika.server.proof.Command;
import pika.server.proof.RawReply;

/** CONFIG SET, what CONFIG GET then answers, and back to the value before: defaults may differ. */
record ConfigChange(String name, String value) implements Step {
  static ConfigChange draw(Dice dice) {
    return switch (dice.below(6)) {
      case 0 -> new ConfigChange("timeout", dice.oneOf("0", "300", "-1", "abc", "3000000000"));
      case 1 -> new ConfigChange("tcp-keepalive", dice.oneOf("0", "60", "-5", ""));
      case 2 -> new ConfigChange("maxclients", dice.oneOf("500", "1000", "0", "1k"));
      case 3 -> new ConfigChange("proto-max-bulk-len", dice.oneOf("1mb", "600000000", "5kb", "x"));
      case 4 -> new ConfigChange("slowlog-max-len", dice.oneOf("0", "64", "-1", "1e3"));
      default -> new ConfigChange("slowlog-log-slower-than", dice.oneOf("-1", "0", "5000", "z"));
    };
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    Duo duo = arena.duo();
    Duo.Answers before = duo.ask(Command.of("CONFIG", "GET", name), Agreement.SAME_KIND);
    RawReply changed = duo.ask("CONFIG", "SET", name, value).oracle();
    if (!changed.isError()) {
      duo.ask("CONFIG", "GET", name);
    }
    duo.oracle().ask("CONFIG", "SET", name, valueOf(before.oracle()));
    duo.subject().ask("CONFIG", "SET", name, valueOf(before.subject()));
  }

  private static byte[] valueOf(RawReply nameAndValue) throws Disagreement {
    if (nameAndValue.elements().size() != 2) {
      throw new Disagreement("> CONFIG GET\n  < %s".formatted(nameAndValue));
    }
    return nameAndValue.elements().get(1).content();
  }

  @Override
  public String toString() {
    return "> CONFIG SET %s %s   (and CONFIG GET, and back)".formatted(name, value);
  }
}
