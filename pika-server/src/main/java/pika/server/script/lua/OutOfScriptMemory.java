package pika.server.script.lua;

/**
 * Thrown when a script exceeds its interpreter's memory limit. The interpreter must not be used
 * again.
 */
public final class OutOfScriptMemory extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfScriptMemory(long limitBytes) {
    super("script needs more memory than " + limitBytes + " bytes", null, false, false);
  }
}
