package pika.server.script;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.script.lua.Watch;
import pika.storage.key.WouldBlock;

/**
 * The running scripts and functions, and the handling of those that take too long. Thread-safe.
 *
 * <p>On an event loop a script has a budget of instructions; one that exceeds it is rolled back and
 * restarted on a pool. There it may run indefinitely, but after its time limit it can be killed,
 * and clients that would have to wait for it get an error. Redis can't kill a script that has
 * written; here its writes are rolled back.
 */
public final class RunningScripts {
  /** A few tenths of a millisecond. */
  private static final long LOOP_INSTRUCTIONS = 20_000;

  private final LongSupplier limitMs;
  private final LongSupplier nanoTime;
  private final Set<Run> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicInteger overdue = new AtomicInteger();
  private final AtomicInteger overdueWithoutKeys = new AtomicInteger();

  /**
   * Creates the registry.
   *
   * @param limitMs supplies the time limit of scripts
   */
  public RunningScripts(LongSupplier limitMs) {
    this(limitMs, System::nanoTime);
  }

  RunningScripts(LongSupplier limitMs, LongSupplier nanoTime) {
    this.limitMs = limitMs;
    this.nanoTime = nanoTime;
  }

  /**
   * Registers a script that begins; the result watches it until it is closed.
   *
   * @param kind what the command runs
   * @param name its SHA-1, or the function's name
   * @param command the whole call
   * @param mayWait whether the thread belongs to a pool
   */
  public Run begin(
      ScriptKind kind, String name, byte[][] command, boolean hasKeys, boolean mayWait) {
    Run run = new Run(kind, name, command, hasKeys, mayWait);
    if (mayWait) {
      waiting.add(run);
    }
    return run;
  }

  /**
   * Returns whether a script exceeds its time limit; clients that would have to wait for its keys
   * then get {@link #busyText}.
   */
  public boolean isOverdue() {
    return overdue.get() > 0;
  }

  /**
   * Returns the error for clients that would have to wait for a script beyond its limit; it tells
   * how to end the longest-running one.
   */
  public String busyText() {
    Run longest = longest(run -> run.late);
    return (longest == null ? ScriptKind.SCRIPT : longest.kind).busyText();
  }

  /**
   * A gate: a script beyond its limit that declared no keys may need any, so everybody else is
   * refused.
   *
   * @throws CommandException for commands not allowed in that situation
   */
  public void refuseIfOverdue(CommandSpec spec) {
    if (overdueWithoutKeys.get() > 0 && !spec.has(Flag.ALLOW_BUSY)) {
      throw new CommandException(busyText());
    }
  }

  /**
   * Kills all scripts of one kind that exceed their limit. If there are none, kills the one that
   * has run longest on a pool, since in Redis there is only ever one.
   *
   * @throws CommandException if there are none; scripts of the other kind must be killed by the
   *     other command
   */
  public void kill(ScriptKind kind) {
    Run longest = longest(run -> run.kind == kind);
    if (longest == null) {
      throw new CommandException(
          isOverdue() ? kind.other().busyText() : "NOTBUSY No scripts in execution right now.");
    }
    boolean anyLate = false;
    for (Run run : waiting) {
      if (run.kind == kind && run.late) {
        run.killed = true;
        anyLate = true;
      }
    }
    if (!anyLate) {
      longest.killed = true;
    }
  }

  /**
   * Returns the function that has run longest on a pool, if any.
   *
   * @throws CommandException if there is none, but a script beyond its limit
   */
  public @Nullable Run longestFunction() {
    Run longest = longest(run -> run.kind == ScriptKind.FUNCTION);
    if (longest == null && isOverdue()) {
      throw new CommandException(busyText());
    }
    return longest;
  }

  private @Nullable Run longest(Predicate<Run> which) {
    Run longest = null;
    for (Run run : waiting) {
      if (which.test(run) && (longest == null || run.startNanos - longest.startNanos < 0)) {
        longest = run;
      }
    }
    return longest;
  }

  /**
   * One script's run. The thread that runs it ticks and closes it; other threads inspect and kill
   * it.
   */
  public final class Run implements Watch, AutoCloseable {
    private final ScriptKind kind;
    private final String name;
    private final byte[][] command;
    private final boolean hasKeys;
    private final boolean mayWait;
    private final long startNanos = nanoTime.getAsLong();
    private long instructions;
    private volatile boolean late;
    private volatile boolean killed;

    private Run(ScriptKind kind, String name, byte[][] command, boolean hasKeys, boolean mayWait) {
      this.kind = kind;
      this.name = name;
      this.command = command;
      this.hasKeys = hasKeys;
      this.mayWait = mayWait;
    }

    public String name() {
      return name;
    }

    public List<byte[]> command() {
      return List.of(command);
    }

    public long durationMs() {
      return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNanos);
    }

    @Override
    public void tick(int more) {
      if (!mayWait) {
        instructions += more;
        if (instructions > LOOP_INSTRUCTIONS) {
          throw WouldBlock.INSTANCE;
        }
        return;
      }
      if (killed) {
        throw ScriptKilled.INSTANCE;
      }
      if (!late && durationMs() > limitMs.getAsLong()) {
        late = true;
        overdue.incrementAndGet();
        if (!hasKeys) {
          overdueWithoutKeys.incrementAndGet();
        }
      }
    }

    @Override
    public void close() {
      if (mayWait) {
        waiting.remove(this);
      }
      if (late) {
        overdue.decrementAndGet();
        if (!hasKeys) {
          overdueWithoutKeys.decrementAndGet();
        }
      }
    }
  }
}
