package pika.server.proof.differential;

import java.util.ArrayList;
import java.util.List;
import pika.server.proof.Command;

/** SORT and SORT_RO: https://redis.io/docs/latest/commands/sort/. */
final class SortFamily implements Family {
  @Override
  public void addTo(Menu menu) {
    addData(menu);
    menu.add(30, SortFamily::byNumber);
    menu.add(12, d -> byNumber(d).and("STORE").key());
    menu.add(8, d -> sort(d, "SORT").and("ALPHA", "STORE").key());
    menu.add(10, d -> sort(d, "SORT").and("ALPHA").sometimes(50, SortFamily::get))
        .agree(Agreement.UNORDERED);
    menu.add(8, d -> sort(d, "SORT_RO").and("ALPHA", "BY").word("k*", "k*->1", "*"))
        .agree(Agreement.UNORDERED);
    menu.add(
            8,
            d -> sort(d, "SORT").word("BY").word("nosort", "#", "").sometimes(30, SortFamily::get))
        .agree(Agreement.UNORDERED);
    menu.addStep(8, SortFamily::partsInTheirOwnOrder);
    menu.add(4, d -> d.command("COMMAND", "GETKEYS").and(byNumber(d).words().toArray()))
        .twist(Twist.NEVER);
    menu.add(4, d -> d.command("COMMAND", "INFO").word("sort", "SORT_RO"))
        .agree(Agreement.COMMAND_ROWS)
        .twist(Twist.NEVER);
  }

  /**
   * Lists and sorted sets, unlike sets, have an order of which parts can be asked for. What Redis
   * has sorted once it takes for large, and large sets tell the two zeros apart: it goes.
   */
  private static InARow partsInTheirOwnOrder(Dice dice) {
    String key = dice.key();
    List<Command> commands = new ArrayList<>(List.of(Command.of("DEL", key)));
    boolean isList = dice.chance(50);
    Draft filling = dice.command(isList ? "RPUSH" : "ZADD", key);
    filling.times(
        1,
        dice.chance(20) ? 300 : 12,
        d -> isList ? number(d) : number(d).and(d.dice().below(400)));
    commands.add(filling.command());
    for (int i = 0; i < 4; i++) {
      Draft sort = dice.command("SORT", key, "BY", "nosort")
          .sometimes(50, d -> d.word("DESC", "ASC"))
          .sometimes(80, d -> d.and("LIMIT", limit(dice), limit(dice)))
          .sometimes(30, SortFamily::get)
          .sometimes(20, d -> d.and("STORE").key());
      commands.add(sort.command());
    }
    commands.add(Command.of("DEL", key));
    return InARow.of(commands);
  }

  /** Numbers as elements, which lead to the keys of the pool. */
  private static void addData(Menu menu) {
    menu.add(12, d -> d.command("RPUSH").key().times(1, 8, SortFamily::number));
    menu.add(8, d -> d.command("SADD").key().times(1, 8, SortFamily::number));
    menu.add(8, d -> d.command("ZADD").key().times(1, 5, n -> number(number(n))));
    menu.add(8, d -> d.command("HSET").key().times(1, 3, n -> number(number(n))));
    menu.add(8, d -> number(d.command("SET").key()));
  }

  private static Draft number(Draft draft) {
    return draft.word("0", "1", "2", "3", "4", "10", "-1", "1.5", "3e2");
  }

  private static Draft sort(Dice dice, String name) {
    return dice.command(name).key();
  }

  /** Elements of the same weight come in the order of their bytes, so the whole answer is known. */
  private static Draft byNumber(Dice dice) {
    return sort(dice, dice.oneOf("SORT", "SORT", "sort_ro"))
        .sometimes(30, d -> d.word("ASC", "desc", "DESC"))
        .sometimes(30, d -> d.word("LIMIT").and(limit(dice), limit(dice)))
        .sometimes(40, d -> d.word("BY").word("k*", "*", "k*->1", "k*->0", "nosuch_*"))
        .sometimes(40, SortFamily::get)
        .sometimes(15, SortFamily::get);
  }

  private static String limit(Dice dice) {
    return dice.chance(90) ? "" + dice.between(-2, 6) : dice.integer();
  }

  private static Draft get(Draft draft) {
    return draft.and("GET").word("#", "k*", "k*->1", "k*->", "*", "nosuch");
  }
}
