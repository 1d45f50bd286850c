package pika.server.script;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.command.Group;
import pika.server.script.lua.RandomSequence;

/**
 * Scripts within the server: their cache, and an interpreter for each thread that runs one.
 * Thread-safe.
 */
public final class ScriptEngine {
  private final LongSupplier memoryBytes;
  private final Consumer<CommandSpec> writeGate;
  private final RunningScripts running;
  private final Scripts scripts = new Scripts();
  private final ScriptMemory memory = new ScriptMemory();
  private final RandomSequence numbers = new RandomSequence();
  /** Incremented by each flush: a thread that sees a new value drops its compiled scripts. */
  private final AtomicLong generation = new AtomicLong();

  private volatile boolean deniesNothing;

  // There is one engine per server, and its threads end with it.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Mine> threads = new ThreadLocal<>();

  private record Mine(ScriptThread thread, long generation) {}

  /**
   * Creates an engine without scripts.
   *
   * @param memoryBytes supplies how much memory the values of one interpreter may take
   * @param writeGate throws the error reply if a command is refused because the disk is full
   */
  public ScriptEngine(
      LongSupplier memoryBytes, Consumer<CommandSpec> writeGate, RunningScripts running) {
    this.memoryBytes = memoryBytes;
    this.writeGate = writeGate;
    this.running = running;
  }

  /**
   * Checks whether the disk has room for what a command might write.
   *
   * @throws CommandException if not
   */
  public void checkRoom(CommandSpec spec) {
    writeGate.accept(spec);
  }

  /**
   * Lets scripts call the commands about server and connection that are normally denied, or denies
   * them again: for tests only.
   */
  public void denyNothing(boolean nothing) {
    deniesNothing = nothing;
  }

  /** Returns whether scripts may call a command. */
  boolean isForScripts(CommandSpec spec) {
    Group group = spec.docs().group();
    return !spec.has(Flag.NOSCRIPT)
        || (deniesNothing && (group == Group.SERVER || group == Group.CONNECTION));
  }

  public RunningScripts running() {
    return running;
  }

  /** Creates another interpreter for the calling thread, with everything that scripts see. */
  public ScriptThread newThread() {
    return new ScriptThread(memoryBytes.getAsLong(), numbers);
  }

  /** Returns the script cache. */
  public Scripts scripts() {
    return scripts;
  }

  /** Returns the interpreters of scripts. */
  public ScriptMemory memory() {
    return memory;
  }

  /** Returns the script with this SHA-1, ignoring case. */
  public @Nullable Script find(String sha1) {
    return scripts.find(sha1);
  }

  /**
   * Returns the script for EVAL, compiled and cached.
   *
   * @throws CommandException if its first line is invalid, or it can't be compiled
   */
  public Script evaluated(byte[] body) {
    String sha1 = Sha1.of(body);
    Script known = scripts.find(sha1);
    if (known != null) {
      return known;
    }
    Script script = Shebang.parse(sha1, body);
    thread().compile(script);
    scripts.addEvaluated(script);
    return script;
  }

  /** Returns whether a script given to EVAL declares that it does not write. */
  public boolean writesNothing(byte[] body) {
    try {
      return Shebang.parse("", body).has(ScriptFlag.NO_WRITES);
    } catch (CommandException e) {
      return false;
    }
  }

  /** Like {@link #evaluated}, for SCRIPT LOAD: the script stays until a flush. */
  public Script loaded(byte[] body) {
    Script script = Shebang.parse(Sha1.of(body), body);
    thread().compile(script);
    scripts.addLoaded(script);
    return script;
  }

  public void flush() {
    scripts.flush();
    generation.incrementAndGet();
  }

  /** Runs a script on the calling thread; see {@link ScriptThread#run}. */
  public Reply run(
      Script script,
      byte[][] args,
      int firstKey,
      int keyCount,
      ScriptCalls calls,
      boolean mayWait) {
    try (RunningScripts.Run run =
        running.begin(ScriptKind.SCRIPT, script.sha1(), args, keyCount > 0, mayWait)) {
      return thread().run(script, args, firstKey, keyCount, calls, run);
    }
  }

  private ScriptThread thread() {
    Mine mine = threads.get();
    if (mine != null && !mine.thread.isUsable()) {
      memory.close(mine.thread);
      mine = null;
    }
    long current = generation.get();
    if (mine == null) {
      mine = new Mine(newThread(), current);
      memory.add(mine.thread);
      threads.set(mine);
    } else if (mine.generation != current) {
      mine.thread.flush();
      mine = new Mine(mine.thread, current);
      threads.set(mine);
    }
    return mine.thread;
  }
}
