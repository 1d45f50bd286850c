package pika.server.dispatch;

/**
 * Tells whether something has been running for too long, so that nobody keeps waiting for the locks
 * it holds. Thread-safe.
 */
public interface Busy {
  /** Nothing ever runs for too long. */
  Busy NEVER = new Busy() {
    @Override
    public boolean isOverdue() {
      return false;
    }

    @Override
    public String text() {
      return "BUSY";
    }
  };

  /** Returns whether something is running for too long; cheap. */
  boolean isOverdue();

  /** Returns the error for commands that would have to wait for it. */
  String text();
}
