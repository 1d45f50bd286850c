package pika.server.script.lua;

/** A script wants more memory than its interpreter may have. The interpreter is not to be used again. */
public final class OutOfScriptMemory extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutOfScriptMemory(long limitBytes) {
    super("script needs more memory than " + limitBytes + " bytes", null, false, false);
  }
}
