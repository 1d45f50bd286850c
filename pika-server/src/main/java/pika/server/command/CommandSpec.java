package pika.server.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A command as the server knows it, built from a {@link Row} when the table is filled. Immutable
 * and thread-safe.
 */
public final class CommandSpec {
  private final int index;
  private final String name;
  private final String fullName;
  private final @Nullable CommandSpec parent;
  private final int arity;
  private final Set<Flag> flags;
  private final Keys keys;
  private final KeyScope scope;
  private final Place.Choice choice;
  private final Set<AclCategory> categories;
  private final List<String> tips;
  private final Docs docs;
  private final Handler handler;
  private final EventNaming events;
  private final boolean looksUp;
  private final boolean looksUpAny;
  private final boolean quiet;
  private final Predicate<byte[][]> promise;
  private final @Nullable UnaryOperator<byte[][]> redaction;
  private final List<CommandSpec> subcommands;
  private final NameMap<CommandSpec> subcommandsByName;

  /**
   * Builds the spec of a row and those of its subcommands, which take the indexes from
   * {@code index + 1} on.
   */
  CommandSpec(Row row, int index, @Nullable CommandSpec parent) {
    this.index = index;
    this.name = row.name;
    this.fullName = parent == null ? row.name : parent.name + "|" + row.name;
    this.parent = parent;
    this.arity = row.arity;
    this.flags = row.flags;
    this.keys = row.keys;
    this.scope = row.scope();
    this.choice = row.choice;
    this.categories = Collections.unmodifiableSet(row.categories());
    this.tips = row.tips;
    this.docs = row.docs();
    this.handler = row.handler();
    this.events = row.events;
    this.looksUp = row.looksUp;
    this.looksUpAny = looksUp || !keys.areWritten();
    this.quiet = row.quiet;
    this.promise = row.promise;
    this.redaction = row.redaction;
    List<CommandSpec> children = new ArrayList<>();
    this.subcommandsByName = new NameMap<>();
    for (Row child : row.subcommands) {
      CommandSpec spec = new CommandSpec(child, index + 1 + children.size(), this);
      children.add(spec);
      subcommandsByName.add(child.name, spec);
    }
    this.subcommands = Collections.unmodifiableList(children);
  }

  /**
   * Returns its position in {@link CommandTable#specs()}: small and dense, for arrays of
   * statistics.
   */
  public int index() {
    return index;
  }

  /** Returns the last word of the name, in lower case: {@code kill}. */
  public String name() {
    return name;
  }

  /** Returns the name used in statistics, errors and ACL rules: {@code client|kill}. */
  public String fullName() {
    return fullName;
  }

  public @Nullable CommandSpec parent() {
    return parent;
  }

  public int arity() {
    return arity;
  }

  public boolean accepts(int argCount) {
    return arity >= 0 ? argCount == arity : argCount >= -arity;
  }

  public Set<Flag> flags() {
    return flags;
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /** Returns whether a call may write, directly or through what it starts. */
  public boolean mayWrite() {
    boolean isWritingScript = runsScript() && !has(Flag.READONLY);
    return has(Flag.WRITE) || has(Flag.MAY_REPLICATE) || isWritingScript;
  }

  /**
   * Like {@link #mayWrite()}, for a call with these arguments, whose number must be right. CLIENT
   * PAUSE WRITE holds such calls.
   */
  public boolean mayWrite(byte[][] args) {
    return mayWrite() && !promise.test(args);
  }

  public Keys keys() {
    return keys;
  }

  public KeyScope scope() {
    return scope;
  }

  /** Returns where a call with these arguments starts to run. */
  public Place place(byte[][] args) {
    // Callers have not always checked the arity yet; replying that it is wrong takes no time.
    return accepts(args.length) ? choice.place(args) : Place.LOOP;
  }

  public Set<AclCategory> categories() {
    return categories;
  }

  public List<String> tips() {
    return tips;
  }

  public Docs docs() {
    return docs;
  }

  public Handler handler() {
    return handler;
  }

  /** Returns how its keyspace events are named. */
  public EventNaming events() {
    return events;
  }

  /**
   * Returns whether lookups of all its keys are hits and misses, and a missing one is a keyspace
   * event; otherwise only those of keys that it merely reads are.
   */
  public boolean looksUp() {
    return looksUp;
  }

  /** Returns whether a call may have hits and misses, see {@link #looksUp}. */
  public boolean looksUpAny() {
    return looksUpAny;
  }

  /** Returns whether it runs a script or function, which calls other commands. */
  public boolean runsScript() {
    return docs.group() == Group.SCRIPTING && !keys.specs().isEmpty();
  }

  /** Returns whether WATCH and client-side caching ignore its changes to existing values. */
  public boolean isQuiet() {
    return quiet;
  }

  /** Returns the arguments of a call with secrets removed. */
  public byte[][] shown(byte[][] args) {
    return redaction == null ? args : redaction.apply(args);
  }

  public List<CommandSpec> subcommands() {
    return subcommands;
  }

  public @Nullable CommandSpec subcommand(byte[] subcommandName) {
    return subcommandsByName.find(subcommandName);
  }

  @Override
  public String toString() {
    return fullName;
  }
}
