package pika.net.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A counter with one writer thread. Any thread may read it; the value may be stale but is never
 * torn.
 */
final class Counter {

  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long value;

  void add(long amount) {
    VALUE.setOpaque(this, value + amount);
  }

  long get() {
    return (long) VALUE.getOpaque(this);
  }
}
