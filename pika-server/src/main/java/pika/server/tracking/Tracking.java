package pika.server.tracking;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.command.KeySpec;
import pika.server.pubsub.Origin;
import pika.server.pubsub.PubSub;
import pika.server.session.ClientTracking;
import pika.server.session.ClientTracking.Mode;
import pika.server.session.Session;
import pika.server.session.Sessions;
import pika.storage.key.KeyChange;
import pika.storage.key.UnitOfWork;

/**
 * Tells clients that cache which keys have changed.
 *
 * <p>A read is recorded <em>before</em> it happens and a change is announced <em>after</em> its
 * commit, so however the two interleave, no change of what was read goes unannounced:
 *
 * <pre>
 *   record     read old   commit   announce    the client is told, after its reply
 *   commit     record     announce read new    it is told once too often
 *   commit     announce   record   read new    nothing to tell
 * </pre>
 *
 * <p>Thread-safe. While nobody tracks, it costs one volatile read.
 */
public final class Tracking {
  /** Approximate size of a key in a message and its two encodings, besides its bytes. */
  private static final int KEY_OVERHEAD_BYTES = 32;

  /** Stands for a request when there was no read. */
  private static final long NEVER = -1;

  private final PubSub pubSub;
  private final Sessions sessions;
  private final Set<Session> trackers = ConcurrentHashMap.newKeySet();
  private final ReadTable table;
  private final Broadcasts broadcasts = new Broadcasts();
  private volatile boolean on;
  private volatile long mostKeys = Long.MAX_VALUE;

  /** Creates it with no clients tracking. */
  public Tracking(PubSub pubSub, Sessions sessions) {
    this.pubSub = pubSub;
    this.sessions = sessions;
    this.table = new ReadTable(id -> sessions.find(id) != null);
  }

  /** Returns whether any client tracks, or reads are still recorded of clients that did. */
  public boolean isOn() {
    return on || table.keys() > 0;
  }

  /** Returns how many clients track. */
  public int clients() {
    return trackers.size();
  }

  /** Returns how many keys have recorded reads. */
  public long keys() {
    return table.keys();
  }

  /** Returns how many reads are recorded in total. */
  public long items() {
    return table.items();
  }

  /** Returns how many prefixes have listeners. */
  public int prefixes() {
    return broadcasts.prefixes();
  }

  /** Sets the bound of keys with recorded reads; 0 means none. */
  public void limit(long keys) {
    mostKeys = keys == 0 ? Long.MAX_VALUE : keys;
    shrink();
  }

  /** Starts tracking for a client, or changes its mode. On the thread of its commands. */
  public void start(Session session, ClientTracking wishes) {
    trackers.add(session);
    on = true;
    broadcasts.add(session, wishes.prefixes());
    session.tracking(wishes);
    if (!session.connection().isOpen()) {
      // The connection was closed meanwhile, perhaps before there was anything to stop.
      stop(session);
    }
  }

  /** Stops tracking for a client; its recorded reads may stay until the keys change. */
  public void stop(Session session) {
    ClientTracking wishes = session.tracking();
    if (wishes != null) {
      session.tracking(null);
      broadcasts.remove(session, wishes.prefixes());
    }
    if (trackers.remove(session) && trackers.isEmpty()) {
      on = false;
      // Another client may have started in between.
      on = !trackers.isEmpty();
    }
  }

  /** Records what a command is about to read, if its client tracks that. */
  public void begins(Session session, CommandSpec spec, byte[][] args) {
    session.countCommand();
    if (spec.has(Flag.READONLY) && !spec.runsScript()) {
      reads(session, spec, args);
    }
  }

  /**
   * Records that a script has called {@code spec}: if that reads, the client is taken to know all
   * keys that the script declares, as in Redis 7.0.
   */
  public void called(Session session, CommandSpec script, byte[][] scriptArgs, CommandSpec spec) {
    if (spec.has(Flag.READONLY)) {
      reads(session, script, scriptArgs);
    }
  }

  private void reads(Session session, CommandSpec spec, byte[][] args) {
    ClientTracking wishes = session.tracking();
    if (wishes == null || !remembers(wishes.mode(), session)) {
      return;
    }
    long now = session.commandNumber();
    Read read = new Read(session.id(), now, now, session.sequence());
    for (KeySpec keys : spec.keys().specs()) {
      for (int position : keys.positions(args)) {
        table.add(text(args[position]), read);
      }
    }
    shrink();
  }

  private static boolean remembers(Mode mode, Session session) {
    return switch (mode) {
      case READS -> true;
      case OPT_IN -> session.cachingSaid();
      case OPT_OUT -> !session.cachingSaid();
      case BROADCAST -> false;
    };
  }

  /**
   * Announces, after the commit, what the command that {@code session} just ran in {@code unit} has
   * changed.
   *
   * @param step collects the changes of its step for listeners to prefixes, who are told by
   *     {@link #ended}
   */
  public void ran(Session session, UnitOfWork unit, StepChanges step) {
    Origin origin = session.origin(Origin.Place.AFTER_REPLY);
    Moment moment = Moment.of(session);
    if (unit.commandFlushed()) {
      unit.afterCommit(() -> flushed(moment, origin));
    }
    Set<String> keys = new LinkedHashSet<>();
    for (KeyChange change : unit.commandChanges()) {
      boolean stays = change.before() != null && change.after() != null;
      if (!(change.silent() || (unit.commandIsQuiet() && stays))) {
        keys.add(text(change.key()));
      }
    }
    if (!keys.isEmpty()) {
      List<String> changed = List.copyOf(keys);
      step.expect();
      unit.afterCommit(() -> {
        invalidate(changed, moment, origin);
        step.commit(changed);
      });
    }
  }

  /** Announces to listeners to prefixes, after the commit, what a whole step has changed. */
  public void ended(UnitOfWork unit, Origin origin, StepChanges step) {
    if (step.isExpected()) {
      unit.afterCommit(() -> broadcast(step.keys(), origin));
    }
  }

  /** Announces a key that expired without a command. */
  public void expired(byte[] key) {
    if (isOn()) {
      List<String> keys = List.of(text(key));
      invalidate(keys, Moment.NOBODYS, null);
      broadcast(keys, null);
    }
  }

  private void broadcast(List<String> keys, @Nullable Origin origin) {
    if (!broadcasts.isEmpty()) {
      broadcasts.announce(keys, (matching, listeners) -> broadcast(matching, listeners, origin));
    }
  }

  private void invalidate(List<String> keys, Moment moment, @Nullable Origin origin) {
    for (String key : keys) {
      List<Read> reads = table.take(key, moment);
      if (!reads.isEmpty()) {
        invalidate(key, reads, origin);
      }
    }
  }

  private void broadcast(List<String> keys, Set<Session> listeners, @Nullable Origin origin) {
    List<Reader> readers = new ArrayList<>(listeners.size());
    for (Session listener : listeners) {
      addUnlessSpared(ofAnything(listener), origin, readers);
    }
    send(readers, keys, origin);
  }

  private void invalidate(String key, List<Read> reads, @Nullable Origin origin) {
    List<Reader> readers = new ArrayList<>(reads.size());
    for (Read read : reads) {
      Session session = sessions.find(read.clientId());
      ClientTracking wishes = session == null ? null : session.tracking();
      if (session != null && wishes != null && wishes.mode() != Mode.BROADCAST) {
        addUnlessSpared(new Reader(sessions, session, read.sequence()), origin, readers);
      }
    }
    send(readers, List.of(key), origin);
  }

  private static void addUnlessSpared(
      Reader reader, @Nullable Origin origin, List<Reader> readers) {
    ClientTracking wishes = reader.session().tracking();
    boolean isOwn = origin != null && origin.connection() == reader.connection();
    if (wishes != null && !(isOwn && wishes.noLoop())) {
      readers.add(reader);
    }
  }

  private void send(List<Reader> readers, List<String> keys, @Nullable Origin origin) {
    if (readers.isEmpty()) {
      return;
    }
    List<byte[]> names = new ArrayList<>(keys.size());
    long bytes = 0;
    for (String key : keys) {
      names.add(key.getBytes(StandardCharsets.ISO_8859_1));
      bytes += KEY_OVERHEAD_BYTES + 3L * key.length();
    }
    pubSub.send(readers, Invalidation.of(names), bytes, origin);
  }

  /** Returns a reader whose running command may be a read; the message must follow its reply. */
  private Reader ofAnything(Session session) {
    long latest = session.isBlocked() ? NEVER : session.runningSequence();
    return new Reader(sessions, session, latest);
  }

  private void flushed(Moment moment, Origin origin) {
    table.clear(moment);
    List<Reader> readers = new ArrayList<>();
    for (Session tracker : trackers) {
      readers.add(ofAnything(tracker));
    }
    pubSub.send(readers, Invalidation.ofAll(), KEY_OVERHEAD_BYTES, origin);
  }

  private void shrink() {
    if (table.keys() > mostKeys) {
      table.shrink(mostKeys, (key, reads) -> invalidate(key, reads, null));
    }
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.ISO_8859_1);
  }
}
