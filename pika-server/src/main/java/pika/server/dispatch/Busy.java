package pika.server.dispatch;

/** Whether something runs that should have ended, so that nobody goes on waiting for what it holds. Safe for many threads. */
public interface Busy {
  /** Nothing ever runs too long. */
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

  /** Whether something runs too long at present; cheap. */
  boolean isOverdue();

  /** The error for those who would have to wait for it. */
  String text();
}
