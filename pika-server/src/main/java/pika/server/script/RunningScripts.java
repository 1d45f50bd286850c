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
 * The scripts and functions that run at this moment, and what is done about those that take long. Safe for many threads.
 *
 * <p>On an event loop a script has a budget of instructions; one that needs more is taken back and begun anew on a pool. There
 * it may run for ever, but after its time is over it can be killed, and who would have to wait for it is told so. Redis
 * can't kill a script that has written; here what it wrote is taken back.
 */
public final class RunningScripts {
  /** Some tenths of a millisecond. */
  private static final long LOOP_INSTRUCTIONS = 20_000;

  private final LongSupplier limitMs;
  private final LongSupplier nanoTime;
  private final Set<Run> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicInteger overdue = new AtomicInteger();
  private final AtomicInteger overdueWithoutKeys = new AtomicInteger();

  /** {@code limitMs} tells after how long a script has run too long. */
  public RunningScripts(LongSupplier limitMs) {
    this(limitMs, System::nanoTime);
  }

  RunningScripts(LongSupplier limitMs, LongSupplier nanoTime) {
    this.limitMs = limitMs;
    this.nanoTime = nanoTime;
  }

  /**
   * A script begins; the answer looks after it until it is closed.
   *
   * @param kind what the command runs
   * @param name its SHA-1, or the function's name
   * @param command the whole call
   * @param mayWait whether the thread is one of a pool
   */
  public Run begin(
      ScriptKind kind, String name, byte[][] command, boolean hasKeys, boolean mayWait) {
    Run run = new Run(kind, name, command, hasKeys, mayWait);
    if (mayWait) {
      waiting.add(run);
    }
    return run;
  }

  /** Whether a script runs longer than it should; who would have to wait for its keys is told {@link #busyText}. */
  public boolean isOverdue() {
    return overdue.get() > 0;
  }

  /** What is said to who would have to wait for a script that runs too long: how to end the one that has run the longest. */
  public String busyText() {
    Run longest = longest(run -> run.late);
    return (longest == null ? ScriptKind.SCRIPT : longest.kind).busyText();
  }

  /**
   * A gate: a script that runs too long and has not said which keys it wants may want any, so that nobody else goes on.
   *
   * @throws CommandException for commands that are not for such a situation
   */
  public void refuseIfOverdue(CommandSpec spec) {
    if (overdueWithoutKeys.get() > 0 && !spec.has(Flag.ALLOW_BUSY)) {
      throw new CommandException(busyText());
    }
  }

  /**
   * Ends those of one kind that run too long. If none does, it ends the one that has run on a pool for the longest time: in Redis
   * there is never more than one.
   *
   * @throws CommandException if there are none: what runs too long, if anything does, has to be ended by the other command
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
   * The function that has run on a pool for the longest time, if there is one.
   *
   * @throws CommandException if there is none, but a script that runs too long
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

  /** One script's run. The thread that runs it ticks and closes it; others ask and kill. */
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
