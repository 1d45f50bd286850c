package pika.server.command;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;

/**
 * One row of a family's table: everything the server knows about a command, declared above its
 * code.
 *
 * <p><pre>{@code read("get", 2, first(RO, ACCESS), FAST) .is(STRING, "1.0.0", "O(1)", "Returns the string value of a
 * key.", "key") .runs(this::get), }</pre>
 *
 * <p>The arity includes the command's name (and a subcommand's); a negative one means "at least".
 * Rows are built at start by one thread; {@link CommandTable} turns them into {@link CommandSpec}s.
 */
public final class Row {
  final String name;
  final int arity;
  final Keys keys;
  final Set<Flag> flags;
  final List<Row> subcommands = new ArrayList<>();
  private boolean touchesKeyspace;
  private @Nullable KeyScope scope;
  List<String> tips = List.of();
  Place.Choice choice = args -> Place.LOOP;
  EventNaming events;
  boolean looksUp;
  boolean quiet;

  Predicate<byte[][]> promise = args -> false;

  @Nullable
  UnaryOperator<byte[][]> redaction;

  private @Nullable Docs docs;
  private @Nullable Handler handler;
  private @Nullable Set<AclCategory> categories;

  private Row(String name, int arity, Keys keys, Set<Flag> flags) {
    this.name = name;
    this.arity = arity;
    this.keys = keys;
    if (keys.areMovable()) {
      flags.add(Flag.MOVABLE_KEYS);
    }
    this.flags = Collections.unmodifiableSet(flags);
    this.touchesKeyspace = flags.contains(Flag.READONLY) || flags.contains(Flag.WRITE);
    this.events = EventNaming.of(name);
    this.looksUp = flags.contains(Flag.READONLY);
  }

  /** Returns the row of a command that reads keys. */
  public static Row read(String name, int arity, Keys keys, Flag... flags) {
    return new Row(name, arity, keys, with(Flag.READONLY, flags));
  }

  /**
   * Returns the row of a command that changes keys; without keys of its own, it changes whole
   * databases.
   */
  public static Row write(String name, int arity, Keys keys, Flag... flags) {
    return new Row(name, arity, keys, with(Flag.WRITE, flags));
  }

  /** Returns the row of a command about the connection or the server rather than keys. */
  public static Row command(String name, int arity, Flag... flags) {
    return command(name, arity, Keys.NONE, flags);
  }

  /**
   * Like {@link #command(String, int, Flag...)}, for a command whose arguments are routed like keys
   * without being any (see {@link KeyFlag}).
   */
  public static Row command(String name, int arity, Keys keys, Flag... flags) {
    return new Row(name, arity, keys, setOf(flags));
  }

  /** Returns the row of a command that only has subcommands. */
  public static Row container(String name, Row... subcommands) {
    Row row = new Row(name, -2, Keys.NONE, setOf());
    row.handler = Row::unreachable;
    row.categories = Set.of();
    return row.with(subcommands);
  }

  /** Returns the row of a container's HELP, which is generated from its siblings' docs. */
  public static Row help(Group group, String since) {
    return command("help", 2, Flag.LOADING, Flag.STALE)
        .is(group, since, "O(1)", "Prints this help.", "")
        .runs(Help::run);
  }

  /**
   * Documents the command: its chapter, the version that introduced it, its complexity, what it
   * does, and its arguments.
   */
  public Row is(Group group, String since, String complexity, String summary, String syntax) {
    this.docs = Docs.of(group, since, complexity, summary, syntax);
    return this;
  }

  /** Like {@link #is(Group, String, String, String, String)}, for a container. */
  public Row is(Group group, String since, String summary) {
    return is(group, since, "Depends on subcommand.", summary, "");
  }

  public Row runs(Handler code) {
    this.handler = code;
    return this;
  }

  /** Marks the command as deprecated. */
  public Row replacedBy(String replacement, String deprecatedSince) {
    this.docs = docs().withReplaced(new Docs.Replaced(deprecatedSince, replacement));
    return this;
  }

  /** Sets hints for clients and proxies, in Redis' words: {@code nondeterministic_output}. */
  public Row tips(String... hints) {
    this.tips = List.of(hints);
    return this;
  }

  /** Sets the ACL categories besides those implied by flags, if they are not the group's. */
  public Row categories(AclCategory... declared) {
    this.categories = Set.of(declared);
    return this;
  }

  /** Adds subcommands, which are tried before the command's own code. */
  public Row with(Row... rows) {
    subcommands.addAll(List.of(rows));
    return this;
  }

  /** Runs the command on the pool, because it always waits for something. */
  public Row onPool() {
    return placed(args -> Place.POOL);
  }

  /** Runs the command on the slow pool, because its cost grows with the data. */
  public Row slow() {
    return placed(args -> Place.SLOW);
  }

  /**
   * Runs the command among fast ones for small values and on the slow pool for large ones, because
   * its cost grows with the data.
   */
  public Row slowIfLarge() {
    return placed(args -> Place.SLOW_IF_LARGE);
  }

  /** Lets the arguments of the call choose where it runs. */
  public Row placed(Place.Choice byArguments) {
    this.choice = byArguments;
    return this;
  }

  /** Sets the name of its keyspace events, if it is not the command's. */
  public Row event(String eventName) {
    return events(EventNaming.of(eventName));
  }

  /** Sets its keyspace events, if they are not one per key and named like the command. */
  public Row events(EventNaming naming) {
    this.events = naming;
    return this;
  }

  /**
   * Makes lookups of the keys it changes hits and misses, for a write that reads their values
   * before. Reads have this by default.
   */
  public Row looksUp() {
    this.looksUp = true;
    return this;
  }

  /**
   * Hides the command's changes from WATCH and client-side caching, because it leaves the value
   * itself as it is.
   */
  public Row quiet() {
    this.quiet = true;
    return this;
  }

  /**
   * Sets how secrets in the arguments are hidden; the function returns another array if it hides
   * something.
   */
  public Row redacted(UnaryOperator<byte[][]> hidesSecrets) {
    this.redaction = hidesSecrets;
    return this;
  }

  /** Declares that calls with certain arguments do not write, though the command may. */
  public Row writesNothingIf(Predicate<byte[][]> promised) {
    this.promise = promised;
    return this;
  }

  /** Requires a unit of work for a command that is neither a read nor a write to clients. */
  public Row usesKeyspace() {
    this.touchesKeyspace = true;
    return this;
  }

  /** Sets the scope, if it does not follow from keys and flags. */
  public Row scope(KeyScope declared) {
    this.scope = declared;
    return this;
  }

  /** Requires no unit of work for a command that Redis calls a read. */
  public Row withoutKeyspace() {
    this.touchesKeyspace = false;
    return this;
  }

  Docs docs() {
    return requireNonNull(docs, () -> "the row of '" + name + "' lacks is(...)");
  }

  Handler handler() {
    return requireNonNull(handler, () -> "the row of '" + name + "' lacks runs(...)");
  }

  Set<AclCategory> categories() {
    Set<AclCategory> declared = categories != null ? categories : docs().group().categories();
    return AclCategory.impliedBy(flags, declared);
  }

  KeyScope scope() {
    if (scope != null) {
      return scope;
    }
    if (!touchesKeyspace) {
      return KeyScope.NONE;
    }
    return flags.contains(Flag.WRITE) && keys.isNone() ? KeyScope.EVERYTHING : KeyScope.KEYS;
  }

  // The table rejects the call earlier: a first argument that names no subcommand is an unknown
  // subcommand, and without arguments the arity does not fit.
  private static Reply unreachable(Call call) {
    throw new IllegalStateException("container called: " + call.spec().fullName());
  }

  private static Set<Flag> with(Flag first, Flag... more) {
    Set<Flag> all = setOf(more);
    all.add(first);
    return all;
  }

  private static Set<Flag> setOf(Flag... flags) {
    Set<Flag> all = EnumSet.noneOf(Flag.class);
    Collections.addAll(all, flags);
    return all;
  }
}
