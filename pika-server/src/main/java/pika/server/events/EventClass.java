package pika.server.events;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import pika.storage.key.DataType;

/** The event classes that {@code notify-keyspace-events} selects, with their letters. */
enum EventClass {
  GENERIC('g'),
  STRING('$'),
  LIST('l'),
  SET('s'),
  HASH('h'),
  ZSET('z'),
  EXPIRED('x'),
  EVICTED('e'),
  STREAM('t'),
  MODULE('d'),
  KEY_MISS('m'),
  NEW('n');

  private static final Set<String> GENERIC_EVENTS = Set.of(
      "del",
      "expire",
      "persist",
      "rename_from",
      "rename_to",
      "move_from",
      "move_to",
      "copy_to",
      "restore");

  private final char letter;

  EventClass(char letter) {
    this.letter = letter;
  }

  /** Returns the classes selected by letters; {@code A} stands for all but the last two. */
  static Set<EventClass> of(String letters) {
    Set<EventClass> classes = EnumSet.noneOf(EventClass.class);
    for (EventClass each : values()) {
      boolean inAll = each.compareTo(MODULE) <= 0;
      if (letters.indexOf(each.letter) >= 0 || (inAll && letters.indexOf('A') >= 0)) {
        classes.add(each);
      }
    }
    return classes;
  }

  /** Returns the class of an event on a value of this type. */
  static EventClass of(String event, DataType type) {
    if (GENERIC_EVENTS.contains(event)) {
      return GENERIC;
    }
    return switch (event) {
      case "new" -> NEW;
      case "expired" -> EXPIRED;
      default -> valueOf(type.name().toUpperCase(Locale.ROOT));
    };
  }
}
