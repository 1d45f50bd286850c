package pika.server.proof.differential;

import java.util.ArrayList;
import java.util.List;
import pika.server.proof.Command;

/**
 * Transactions of commands of other families:
 * https://redis.io/docs/latest/develop/interact/transactions/.
 */
final class TransactionFamily implements Family {
  private static final int MOST_COMMANDS = 8;
  private final Menu commands;

  /** {@code families} write the commands that are put into transactions. */
  TransactionFamily(List<Family> families) {
    this.commands = Menu.of(families);
  }

  @Override
  public void addTo(Menu menu) {
    menu.addStep(12, this::transaction);
    menu.add(2, d -> d.command("WATCH").keys(3));
    menu.add(1, d -> d.command("UNWATCH"));
    menu.add(1, d -> d.command("EXEC").sometimes(20, e -> e.and("now")));
    menu.add(1, d -> d.command("DISCARD").sometimes(20, e -> e.and("now")));
  }

  private Step transaction(Dice dice) {
    List<Ask> inside = new ArrayList<>();
    int count = dice.below(MOST_COMMANDS);
    while (inside.size() < count) {
      if (dice.chance(8)) {
        inside.add(ask(dice.command("SELECT").and(dice.database())));
      } else if (dice.chance(4)) {
        inside.add(ask(outOfPlace(dice)));
      } else if (commands.draw(dice) instanceof Ask ask) {
        inside.add(ask);
      }
    }
    List<Command> watched = new ArrayList<>();
    while (dice.chance(30)) {
      watched.add(dice.command("WATCH").keys(2).command());
    }
    List<Command> meanwhile = new ArrayList<>();
    while (!watched.isEmpty() && dice.chance(30)) {
      if (commands.draw(dice) instanceof Ask ask && ask.agreement() == Agreement.EXACT) {
        meanwhile.add(ask.command());
      }
    }
    return new InTransaction(watched, inside, meanwhile, dice.chance(10) ? "DISCARD" : "EXEC");
  }

  /** What has no place inside a transaction, or no effect. */
  private static Draft outOfPlace(Dice dice) {
    return switch (dice.below(4)) {
      case 0 -> dice.command("MULTI");
      case 1 -> dice.command("WATCH").key();
      case 2 -> dice.command("UNWATCH");
      default -> dice.command("NOSUCH").key();
    };
  }

  private static Ask ask(Draft draft) {
    return new Ask(draft.command(), Agreement.EXACT);
  }
}
