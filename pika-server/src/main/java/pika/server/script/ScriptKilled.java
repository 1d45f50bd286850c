package pika.server.script;

/** Somebody has ended a script that ran for too long. An ordinary event: without stack trace. */
final class ScriptKilled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The one instance: it has no stack trace and can't collect suppressed exceptions, so it can be shared. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  static final ScriptKilled INSTANCE = new ScriptKilled();

  private ScriptKilled() {
    super("killed", null, false, false);
  }
}
