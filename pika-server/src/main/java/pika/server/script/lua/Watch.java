package pika.server.script.lua;

/** Looks after a script while it runs. What it throws ends the script, and comes out of the call that began it. */
@FunctionalInterface
public interface Watch {
  /** About so many instructions of Lua have been executed since the last time. */
  void tick(int instructions);
}
