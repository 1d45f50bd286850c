package pika.server.script.lua;

/**
 * Monitors a script while it runs. An exception it throws ends the script and is rethrown by the
 * call that started it.
 */
@FunctionalInterface
public interface Watch {
  /** Called after about {@code instructions} Lua instructions since the last time. */
  void tick(int instructions);
}
