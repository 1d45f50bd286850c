package pika.server.proof.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * All commands with their weights. A row says how to write the command, when two answers to it
 * agree (unless said otherwise: when every byte is the same), and how it may be twisted into a
 * wrong one.
 */
final class Menu {
  private final List<Row> rows = new ArrayList<>();
  private int totalWeight;

  static Menu of(List<Family> families) {
    Menu menu = new Menu();
    families.forEach(family -> family.addTo(menu));
    return menu;
  }

  /** A row of weight {@code weight}: about so many of a thousand commands. */
  Row add(int weight, Function<Dice, Draft> recipe) {
    return added(new Row(weight, row -> dice -> row.ask(dice, recipe)));
  }

  /** A row that is more than one command. */
  void addStep(int weight, Function<Dice, Step> recipe) {
    added(new Row(weight, row -> recipe));
  }

  Step draw(Dice dice) {
    int ticket = dice.below(totalWeight);
    for (Row row : rows) {
      ticket -= row.weight;
      if (ticket < 0) {
        return row.recipe.apply(dice);
      }
    }
    throw new AssertionError("weights do not add up");
  }

  private Row added(Row row) {
    rows.add(row);
    totalWeight += row.weight;
    return row;
  }

  /** One row; its methods refine it. */
  static final class Row {
    private final int weight;
    private final Function<Dice, Step> recipe;
    private Agreement agreement = Agreement.EXACT;
    private Twist twist = Twist.ANYWHERE;

    private Row(int weight, Function<Row, Function<Dice, Step>> recipe) {
      this.weight = weight;
      this.recipe = recipe.apply(this);
    }

    Row agree(Agreement rule) {
      agreement = rule;
      return this;
    }

    Row twist(Twist how) {
      twist = how;
      return this;
    }

    private Step ask(Dice dice, Function<Dice, Draft> draft) {
      return new Ask(twist.apply(draft.apply(dice).command(), dice), agreement);
    }
  }
}
