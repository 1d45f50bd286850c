package pika.server.script;

/** Thrown to end a script that was killed. An ordinary event: has no stack trace. */
final class ScriptKilled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The only instance: without a stack trace and suppressed exceptions it can be shared. */
  @SuppressWarnings("StaticAssignmentOfThrowable")
  static final ScriptKilled INSTANCE = new ScriptKilled();

  private ScriptKilled() {
    super("killed", null, false, false);
  }
}
