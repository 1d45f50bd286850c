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
 * One row of a family's table: everything the server knows about a command, written above its code.
 *
 * <pre>{@code
 * read("get", 2, first(RO, ACCESS), FAST)
 *     .is(STRING, "1.0.0", "O(1)", "Returns the string value of a key.", "key")
 *     .runs(this::get),
 * }</pre>
 *
 * <p>The arity counts the command's name (and a subcommand's); a negative one means "at least". A
 * row is built at start by one thread; {@link CommandTable} turns it into a {@link CommandSpec}.
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
  boolean missesAreTold;
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
    this.missesAreTold = flags.contains(Flag.READONLY);
  }

  /** A command that reads keys. */
  public static Row read(String name, int arity, Keys keys, Flag... flags) {
    return new Row(name, arity, keys, with(Flag.READONLY, flags));
  }

  /** A command that changes keys; without keys of its own it changes whole databases. */
  public static Row write(String name, int arity, Keys keys, Flag... flags) {
    return new Row(name, arity, keys, with(Flag.WRITE, flags));
  }

  /** A command about the connection or the server rather than about keys. */
  public static Row command(String name, int arity, Flag... flags) {
    return command(name, arity, Keys.NONE, flags);
  }

  /** The same with arguments that are routed like keys without being any (see {@link KeyFlag}). */
  public static Row command(String name, int arity, Keys keys, Flag... flags) {
    return new Row(name, arity, keys, setOf(flags));
  }

  /** A name that only leads to subcommands. */
  public static Row container(String name, Row... subcommands) {
    Row row = new Row(name, -2, Keys.NONE, setOf());
    row.handler = Row::unreachable;
    row.categories = Set.of();
    return row.with(subcommands);
  }

  /** The HELP of a container: lists the siblings of the row, from their own docs. */
  public static Row help(Group group, String since) {
    return command("help", 2, Flag.LOADING, Flag.STALE)
        .is(group, since, "O(1)", "Prints this help.", "")
        .runs(Help::run);
  }

  /**
   * What the command is, to a human: the chapter it stands in, the version that brought it, what it
   * costs, what it does and which arguments it takes.
   */
  public Row is(Group group, String since, String complexity, String summary, String syntax) {
    this.docs = Docs.of(group, since, complexity, summary, syntax);
    return this;
  }

  /** {@link #is} for a container, whose cost and arguments are those of its subcommands. */
  public Row is(Group group, String since, String summary) {
    return is(group, since, "Depends on subcommand.", summary, "");
  }

  public Row runs(Handler code) {
    this.handler = code;
    return this;
  }

  /** Marks a command whose work others do better now. */
  public Row replacedBy(String replacement, String deprecatedSince) {
    this.docs = docs().withReplaced(new Docs.Replaced(deprecatedSince, replacement));
    return this;
  }

  /** Hints for clients and proxies, in Redis' words: {@code nondeterministic_output}. */
  public Row tips(String... hints) {
    this.tips = List.of(hints);
    return this;
  }

  /** The ACL categories that the flags do not imply, where they are not those of the group. */
  public Row categories(AclCategory... declared) {
    this.categories = Set.of(declared);
    return this;
  }

  /** The command has these subcommands, too; they are tried before its own code. */
  public Row with(Row... rows) {
    subcommands.addAll(List.of(rows));
    return this;
  }

  /** Never on an event loop: it always waits for something. */
  public Row onPool() {
    return placed(args -> Place.POOL);
  }

  /** Never among fast commands: its cost grows with the data. */
  public Row slow() {
    return placed(args -> Place.SLOW);
  }

  /** Among fast commands with small values, never with large ones: its cost grows with the data. */
  public Row slowIfLarge() {
    return placed(args -> Place.SLOW_IF_LARGE);
  }

  /** The arguments of the call tell where it runs. */
  public Row placed(Place.Choice byArguments) {
    this.choice = byArguments;
    return this;
  }

  /** The name of its keyspace events where it is not the command's own. */
  public Row event(String eventName) {
    return events(EventNaming.of(eventName));
  }

  /** Its keyspace events where they are not one per key and named like the command. */
  public Row events(EventNaming naming) {
    this.events = naming;
    return this;
  }

  /**
   * A write that looks for the keys it changes as a read does: that one is not there is an event of
   * its own. Keys that a call only reads need no such word.
   */
  public Row tellsMisses() {
    this.missesAreTold = true;
    return this;
  }

  /** A write that leaves the value itself as it is: neither WATCH nor clients that cache take it for a change. */
  public Row quiet() {
    this.quiet = true;
    return this;
  }

  /** What of the arguments others may see; returns another array where it hides something. */
  public Row redacted(UnaryOperator<byte[][]> hidesSecrets) {
    this.redaction = hidesSecrets;
    return this;
  }

  /** A command that may write, except in calls whose arguments are such that they promise not to. */
  public Row writesNothingIf(Predicate<byte[][]> promised) {
    this.promise = promised;
    return this;
  }

  /** Needs a unit of work although it is neither a read nor a write to the outside. */
  public Row usesKeyspace() {
    this.touchesKeyspace = true;
    return this;
  }

  /** Its scope where that does not follow from its keys and flags. */
  public Row scope(KeyScope declared) {
    this.scope = declared;
    return this;
  }

  /** Needs no unit of work although Redis calls it a read. */
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

  // The table refuses a container's call before: a first argument that names no subcommand is an
  // unknown subcommand, and without arguments the arity does not fit.
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
