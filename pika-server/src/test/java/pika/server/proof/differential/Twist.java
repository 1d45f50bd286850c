package pika.server.proof.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pika.server.proof.Command;
import pika.server.proof.Notation;

/**
 * Makes a well-formed command a wrong one now and then: an argument too few or too many, one
 * replaced by something hostile, two exchanged; and writes the name in any case.
 */
enum Twist {
  ANYWHERE,
  /** Only at the end: for commands with a time to live, whose number must stay what it is. */
  AT_THE_END,
  /** Never: for commands that would stop the server or silence the connection. */
  NEVER;

  private static final int PERCENT = 8;

  Command apply(Command command, Dice dice) {
    List<byte[]> args = new ArrayList<>(command.args());
    if (dice.chance(20)) {
      String name = Notation.text(args.get(0));
      args.set(0, Notation.bytes(dice.chance(50) ? name.toLowerCase(Locale.ROOT) : mixed(name)));
    }
    if (this != NEVER && dice.chance(PERCENT)) {
      spoil(args, dice);
    }
    return Command.of(args);
  }

  private void spoil(List<byte[]> args, Dice dice) {
    int last = args.size() - 1;
    switch (dice.below(this == AT_THE_END ? 3 : 6)) {
      case 0 -> args.remove(last);
      case 1 ->
        args.add(Notation.bytes(dice.oneOf("", "nx", "XX", "KEEPTTL", "bogus", "EX", "-1")));
      case 2 -> args.add(args.get(last));
      case 3 -> args.set(last == 0 ? 0 : dice.between(1, last), Notation.bytes(dice.hostile()));
      case 4 -> args.add(last == 0 ? 0 : dice.between(1, last), Notation.bytes(dice.key()));
      default -> args.set(dice.between(0, last), args.get(last));
    }
    if (args.isEmpty()) {
      args.add(Notation.bytes("nosuchcommand"));
    }
  }

  private static String mixed(String name) {
    StringBuilder mixed = new StringBuilder(name.toUpperCase(Locale.ROOT));
    for (int i = 0; i < mixed.length(); i += 2) {
      mixed.setCharAt(i, Character.toLowerCase(mixed.charAt(i)));
    }
    return mixed.toString();
  }
}
