package pika.server.proof.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import pika.server.proof.Command;

/** A command being written, argument by argument, from dice. Reads like the command's synopsis. */
final class Draft {
  private final Dice dice;
  private final List<Object> args = new ArrayList<>();

  Draft(Dice dice) {
    this.dice = dice;
  }

  Dice dice() {
    return dice;
  }

  Draft and(Object... more) {
    args.addAll(Arrays.asList(more));
    return this;
  }

  Draft word(String... choices) {
    return and(dice.oneOf(choices));
  }

  Draft word(List<String> choices) {
    return and(dice.oneOf(choices));
  }

  Draft key() {
    return and(dice.key());
  }

  Draft keys(int most) {
    return times(1, most, Draft::key);
  }

  Draft value() {
    return and(dice.value());
  }

  /** One of a few values, so that it is likely to be met again. */
  Draft few() {
    return word("a", "b", "c", "1", "-7", "");
  }

  Draft integer() {
    return and(dice.integer());
  }

  Draft index() {
    return and(dice.index());
  }

  Draft offset(int most) {
    return and(dice.offset(most));
  }

  /** {@code EX seconds | PX milliseconds | EXAT unix-seconds | PXAT unix-milliseconds}. */
  Draft deadline() {
    return switch (dice.below(4)) {
      case 0 -> word("EX", "ex").and(dice.seconds());
      case 1 -> word("PX", "px").and(dice.millis());
      case 2 -> word("EXAT").and(dice.unixSeconds());
      default -> word("PXAT", "pxat").and(dice.unixMillis());
    };
  }

  Draft sometimes(int percent, UnaryOperator<Draft> more) {
    return dice.chance(percent) ? more.apply(this) : this;
  }

  Draft times(int least, int most, UnaryOperator<Draft> more) {
    int count = dice.between(least, most);
    Draft draft = this;
    for (int i = 0; i < count; i++) {
      draft = more.apply(draft);
    }
    return draft;
  }

  List<Object> words() {
    return List.copyOf(args);
  }

  Command command() {
    return Command.of(args.toArray());
  }
}
