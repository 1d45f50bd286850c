package pika.server.proof.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pika.server.proof.Command;

/** Places: https://redis.io/docs/latest/commands/?group=geo. */
final class GeoFamily implements Family {
  private static final List<String> MEMBERS =
      Dice.words("a b c d e f g h i j Palermo \"\" \"\\x00\"");
  private static final List<String> RADII = Dice.words("""
      0 1 10 500 1000 20000 100000 0.5 1e6 6e6 2e7 1e9 -1 nan x "" inf
      """);
  private static final List<String> UNITS = Dice.words("m km ft mi M KM FT MI km km yd \"\"");

  @Override
  public void addTo(Menu menu) {
    menu.add(40, d -> d.command("GEOADD").key().times(1, 5, GeoFamily::place));
    menu.add(
        12,
        d -> d.command("GEOADD")
            .key()
            .sometimes(50, w -> w.word("NX", "XX", "nx"))
            .sometimes(50, w -> w.word("CH", "ch"))
            .sometimes(5, w -> w.word("GT", "INCR", "XX"))
            .times(1, 3, GeoFamily::place));
    menu.add(12, d -> d.command("GEOPOS").key().times(0, 4, GeoFamily::member));
    menu.add(12, d -> d.command("GEOHASH").key().times(0, 4, GeoFamily::member));
    menu.add(15, d -> member(member(d.command("GEODIST").key())).sometimes(60, GeoFamily::unit));
    menu.add(40, d -> search(d.command("GEOSEARCH").key()).sometimes(60, GeoFamily::shown));
    menu.add(
        15,
        d -> search(d.command("GEOSEARCHSTORE").key().key())
            .sometimes(10, GeoFamily::shown)
            .sometimes(20, w -> w.word("STOREDIST")));
    menu.add(12, d -> radius(point(d.command("GEORADIUS").key())));
    menu.add(12, d -> radius(member(d.command("GEORADIUSBYMEMBER").key())));
    menu.add(5, d -> radius(point(d.command("GEORADIUS_RO").key())));
    menu.add(5, d -> radius(member(d.command("GEORADIUSBYMEMBER_RO").key())));
    menu.addStep(12, GeoFamily::manyPlaces);
    menu.addStep(6, GeoFamily::allOverTheWorld);
  }

  private static Draft place(Draft draft) {
    return member(point(draft));
  }

  private static Draft member(Draft draft) {
    return draft.word(MEMBERS);
  }

  private static Draft unit(Draft draft) {
    return draft.word(UNITS);
  }

  private static Draft point(Draft draft) {
    Dice dice = draft.dice();
    if (dice.chance(5)) {
      return draft
          .word("180", "-180", "181", "nan", "x", "-inf")
          .word("0", "85.05112878", "86", "1e300");
    }
    boolean near = dice.chance(50);
    return draft.and(
        near ? degrees(dice, 13, 3) : degrees(dice, 0, 180),
        near ? degrees(dice, 38, 3) : degrees(dice, 0, 85));
  }

  private static String degrees(Dice dice, int middle, int around) {
    double degrees = middle + around * (dice.between(-999_999, 999_999) / 1_000_000.0);
    return String.format(Locale.ROOT, "%.7f", degrees);
  }

  private static Draft search(Draft draft) {
    Draft center = draft.dice().chance(60)
        ? point(draft.word("FROMLONLAT", "fromlonlat"))
        : member(draft.word("FROMMEMBER", "frommember"));
    Draft shape = draft.dice().chance(50)
        ? center.word("BYRADIUS", "byradius").word(RADII)
        : center.word("BYBOX", "bybox").word(RADII).word(RADII);
    return unit(shape)
        .sometimes(40, d -> d.word("ASC", "DESC", "asc"))
        .sometimes(30, GeoFamily::count)
        .sometimes(2, d -> d.word("BYRADIUS", "FROMMEMBER", "ANY").and("1", "km"));
  }

  private static Draft count(Draft draft) {
    return draft
        .word("COUNT", "count")
        .word("1", "2", "3", "100", "0", "x")
        .sometimes(30, d -> d.word("ANY"));
  }

  private static Draft shown(Draft draft) {
    return draft
        .sometimes(50, d -> d.word("WITHDIST", "withdist"))
        .sometimes(50, d -> d.word("WITHCOORD"))
        .sometimes(50, d -> d.word("WITHHASH"));
  }

  private static Draft radius(Draft draft) {
    return unit(draft.word(RADII))
        .sometimes(40, GeoFamily::shown)
        .sometimes(30, GeoFamily::count)
        .sometimes(30, d -> d.word("ASC", "DESC"))
        .sometimes(20, d -> d.word("STORE", "STOREDIST", "store").key());
  }

  /** So many places that no small set holds them, and searches among them. */
  private static InARow manyPlaces(Dice dice) {
    String key = dice.key();
    List<Command> commands = new ArrayList<>(List.of(Command.of("DEL", key)));
    Draft add = dice.command("GEOADD").and(key);
    for (int i = dice.between(20, 300); i > 0; i--) {
      point(add).and("p" + i);
    }
    commands.add(add.command());
    for (int i = 0; i < 6; i++) {
      commands.add(shown(search(dice.command("GEOSEARCH").and(key))).command());
    }
    return InARow.of(commands);
  }

  /**
   * Searches of every size where cells of the grid end: at the date line, the poles, the equator.
   */
  private static InARow allOverTheWorld(Dice dice) {
    String key = dice.key();
    List<Command> commands = new ArrayList<>(List.of(Command.of("DEL", key)));
    Draft add = dice.command("GEOADD").and(key);
    for (int i = dice.between(100, 600); i > 0; i--) {
      edge(add).and("p" + i);
    }
    commands.add(add.command());
    for (int i = 0; i < 40; i++) {
      boolean modern = dice.chance(70);
      Draft search = dice.command(modern ? "GEOSEARCH" : "GEORADIUS").and(key);
      edge(modern ? search.and("FROMLONLAT") : search);
      if (modern && dice.chance(50)) {
        search.and("BYBOX", metres(dice), metres(dice), "m");
      } else if (modern) {
        search.and("BYRADIUS", metres(dice), "m");
      } else {
        search.and(metres(dice), "m");
      }
      commands.add(search.and("ASC", "WITHHASH", "WITHCOORD").command());
    }
    return InARow.of(commands);
  }

  private static Draft edge(Draft draft) {
    Dice dice = draft.dice();
    int spread = dice.chance(50) ? 2 : 60;
    double longitude = dice.between(-2, 2) * 90 + spread * fraction(dice);
    double latitude = dice.between(-2, 2) * 42.5 + spread * fraction(dice);
    return draft.and(
        String.format(Locale.ROOT, "%.6f", reflected(longitude, 180)),
        String.format(Locale.ROOT, "%.6f", reflected(latitude, 85.05)));
  }

  /** Not cut off at the bound: two places at the same distance come in any order. */
  private static double reflected(double degrees, double bound) {
    double excess = Math.max(0, Math.abs(degrees) - bound);
    return Math.copySign(Math.abs(degrees) - 2 * excess, degrees);
  }

  private static double fraction(Dice dice) {
    return dice.between(-999_999, 999_999) / 1_000_000.0;
  }

  /** From a few metres to half the globe, each order of magnitude as likely as any other. */
  private static String metres(Dice dice) {
    return String.format(Locale.ROOT, "%.2f", Math.pow(10, dice.between(100, 740) / 100.0));
  }
}
