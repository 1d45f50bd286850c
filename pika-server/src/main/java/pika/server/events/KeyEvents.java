package pika.server.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandSpec;
import pika.server.command.KeyFlag;
import pika.server.command.KeySpec;
import pika.server.pubsub.Origin;
import pika.server.pubsub.PubSub;
import pika.storage.hash.FieldExpiry;
import pika.storage.key.DataType;
import pika.storage.key.ExpiryListener;
import pika.storage.key.KeyChange;
import pika.storage.key.KeyRecord;
import pika.storage.key.UnitOfWork;

/**
 * Publishes keyspace events. What a command did is derived from its unit of work, so that no
 * command can forget it; the names come from its row. Events are published after the commit and
 * before the keys are unlocked, and hence in the order in which each key changed.
 *
 * <p>Thread-safe. While nobody is subscribed to anything, it costs two volatile reads.
 */
public final class KeyEvents implements ExpiryListener {
  private static final String KEYSPACE = "__keyspace@";
  private static final String KEYEVENT = "__keyevent@";
  private static final String MISS = "keymiss";
  private static final String EXPIRED = "expired";

  private final PubSub pubSub;
  private volatile Choice choice = new Choice(Set.of(), false, false);

  /** The selected events and forms. */
  private record Choice(Set<EventClass> classes, boolean byKey, boolean byEvent) {
    boolean isOn() {
      return byKey || byEvent;
    }
  }

  private record Event(int database, byte[] key, String name) {
    boolean isOfKeyOf(Event other) {
      return database == other.database && Arrays.equals(key, other.key);
    }
  }

  /** Creates a publisher with no events selected. */
  public KeyEvents(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  /** Applies the setting {@code notify-keyspace-events}. */
  public void choose(String letters) {
    boolean byKey = letters.indexOf('K') >= 0;
    boolean byEvent = letters.indexOf('E') >= 0;
    choice = new Choice(Set.copyOf(EventClass.of(letters)), byKey, byEvent);
  }

  /** Returns whether events are selected and anybody could receive them. */
  public boolean areOn() {
    return choice.isOn() && pubSub.hasSubscribers();
  }

  /**
   * Schedules the events of the command that just ran in {@code unit} for publication after its
   * commit.
   */
  public void ran(CommandSpec spec, byte[][] args, int database, UnitOfWork unit, Origin origin) {
    List<Event> events = new ArrayList<>(2);
    List<KeyChange> changes = unit.commandChanges();
    if (unit.commandMisses() > 0 && isWanted(EventClass.KEY_MISS)) {
      addMisses(spec, args, database, unit, changes, events);
      unit.toldMisses().forEach(key -> events.add(new Event(database, key, MISS)));
    }
    if (!changes.isEmpty()) {
      addExpiredFields(changes, unit, events);
      spec.events().name(args, changes, (change, event) -> add(change, event, events));
    }
    if (!events.isEmpty()) {
      unit.afterCommit(() -> events.forEach(event -> publish(event, origin)));
    }
  }

  /** Adds the events of expired fields: changing a packed hash removes them. */
  private void addExpiredFields(List<KeyChange> changes, UnitOfWork unit, List<Event> events) {
    for (KeyChange change : changes) {
      KeyRecord before = change.before();
      if (before != null
          && FieldExpiry.holdsDead(before, unit.keyspace(change.database()).nowMs())) {
        add(change, "hexpired", events);
      }
    }
  }

  @Override
  public void expired(int database, byte[] key, DataType type) {
    if (areOn() && isWanted(EventClass.EXPIRED)) {
      publish(new Event(database, key, EXPIRED), null);
    }
  }

  /** Publishes that fields of a hash have expired, and perhaps the hash with them. */
  @Override
  public void partsExpired(KeyChange change) {
    if (areOn()) {
      List<Event> events = new ArrayList<>(2);
      add(change, "hexpired", events);
      if (change.after() == null) {
        add(change, "del", events);
      }
      events.forEach(event -> publish(event, null));
    }
  }

  private void add(KeyChange change, String event, List<Event> events) {
    KeyRecord record = change.after() == null ? change.before() : change.after();
    DataType type = record == null ? DataType.STRING : record.type();
    if (isWanted(EventClass.of(event, type))) {
      Event added = new Event(change.database(), change.key(), event);
      events.add(event.equals(EXPIRED) ? firstOfKey(added, events) : events.size(), added);
    }
  }

  /**
   * Returns where to insert an expiry: before other events of its key, because it explains a miss.
   */
  private static int firstOfKey(Event event, List<Event> events) {
    int index = 0;
    while (index < events.size() && !events.get(index).isOfKeyOf(event)) {
      index++;
    }
    return index;
  }

  /**
   * Adds a miss for each key that a call reads and that was missing when it began, as often as it
   * is named.
   */
  private static void addMisses(
      CommandSpec spec,
      byte[][] args,
      int database,
      UnitOfWork unit,
      List<KeyChange> changes,
      List<Event> events) {
    for (KeySpec keys : spec.keys().specs()) {
      if (isRead(spec, keys.flags(args))) {
        for (int position : keys.positions(args)) {
          if (wasMissing(args[position], database, unit, changes)) {
            events.add(new Event(database, args[position], MISS));
          }
        }
      }
    }
  }

  private static boolean isRead(CommandSpec spec, Set<KeyFlag> flags) {
    return flags.contains(KeyFlag.RO) || spec.looksUp();
  }

  private static boolean wasMissing(
      byte[] key, int database, UnitOfWork unit, List<KeyChange> changes) {
    for (KeyChange change : changes) {
      if (change.database() == database && Arrays.equals(change.key(), key)) {
        return change.before() == null;
      }
    }
    return unit.keyspace(database).header(key) == null;
  }

  private boolean isWanted(EventClass eventClass) {
    return choice.classes.contains(eventClass);
  }

  private void publish(Event event, @Nullable Origin origin) {
    byte[] name = event.name.getBytes(StandardCharsets.US_ASCII);
    Choice now = choice;
    if (now.byKey) {
      pubSub.publish(channel(KEYSPACE, event.database, event.key), name).send(origin);
    }
    if (now.byEvent) {
      pubSub.publish(channel(KEYEVENT, event.database, name), event.key).send(origin);
    }
  }

  private static byte[] channel(String start, int database, byte[] rest) {
    byte[] head = (start + database + "__:").getBytes(StandardCharsets.US_ASCII);
    byte[] channel = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, channel, head.length, rest.length);
    return channel;
  }
}
