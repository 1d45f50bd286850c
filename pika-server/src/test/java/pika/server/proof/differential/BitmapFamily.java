package pika.server.proof.differential;

import java.util.List;
import pika.server.proof.ProofSettings;

/** Bitmaps, which are strings: https://redis.io/docs/latest/commands/?group=bitmap. */
final class BitmapFamily implements Family {
  /** In bits: a quarter of a megabyte. */
  private static final int MOST_OFFSET = 999_000;

  /** What FAIL creates is not in Redis' append only file, so Redis in our place would fail. */
  private static final List<String> OVERFLOWS =
      Dice.words(ProofSettings.redisAsSubject() ? "WRAP SAT sat" : "WRAP SAT sat FAIL fail NONE");

  @Override
  public void addTo(Menu menu) {
    menu.add(30, d -> d.command("SETBIT").key().offset(MOST_OFFSET).and(bit(d)));
    menu.add(20, d -> d.command("GETBIT").key().offset(MOST_OFFSET));
    menu.add(8, d -> d.command("BITCOUNT").key());
    menu.add(20, d -> d.command("BITCOUNT").key().index().index().sometimes(60, this::unit));
    menu.add(8, d -> d.command("BITPOS").key().and(bit(d)));
    menu.add(20, this::bitposInRange);
    menu.add(20, d -> d.command("BITOP").word("AND", "OR", "XOR", "xor").key().keys(4));
    menu.add(8, d -> d.command("BITOP").word("NOT", "not", "NAND").key().key());
    menu.add(3, d -> d.command("BITOP", "NOT").key().key().key());
    menu.add(35, d -> d.command("BITFIELD").key().times(0, 4, this::operation));
    menu.add(12, d -> d.command("BITFIELD_RO").key().times(0, 3, this::get));
    menu.add(3, d -> d.command("BITFIELD_RO").key().times(1, 2, this::operation));
  }

  private static String bit(Dice dice) {
    return dice.oneOf("0", "1", "1", "0", "1", "2", "-1", "x");
  }

  private Draft unit(Draft draft) {
    return draft.word("BYTE", "BIT", "bit", "byte", "BITS");
  }

  private Draft bitposInRange(Dice dice) {
    Draft start = dice.command("BITPOS").key().and(bit(dice)).index();
    return dice.chance(30) ? start : start.index().sometimes(60, this::unit);
  }

  private Draft operation(Draft draft) {
    return switch (draft.dice().below(5)) {
      case 0 -> get(draft);
      case 1 -> place(draft.word("SET", "set")).integer();
      case 2, 3 -> place(draft.word("INCRBY", "incrby")).integer();
      default -> draft.word("OVERFLOW", "overflow").word(OVERFLOWS);
    };
  }

  private Draft get(Draft draft) {
    return place(draft.word("GET", "get"));
  }

  private Draft place(Draft draft) {
    Dice dice = draft.dice();
    String type = dice.oneOf("u", "i", "U") + dice.between(1, 63);
    if (dice.chance(10)) {
      type = dice.oneOf("u64", "i64", "i65", "u0", "i0", "8", "u", "u-1", "x8", "");
    }
    String offset = dice.chance(50) ? "#" + dice.below(70) : "" + dice.below(500);
    if (dice.chance(10)) {
      offset = dice.oneOf("100000", "-1", "#-1", "#", "abc", "4294967296", "9223372036854775807");
    }
    return draft.and(type, offset);
  }
}
