package pika.server.script;

/** Scripts and functions, each killed by a command of its own. */
public enum ScriptKind {
  /** What EVAL and its relatives run. */
  SCRIPT("SCRIPT KILL"),
  /** What FCALL runs. */
  FUNCTION("FUNCTION KILL");

  private final String busyText;

  ScriptKind(String kill) {
    this.busyText =
        "BUSY Redis is busy running a script. You can only call " + kill + " or SHUTDOWN NOSAVE.";
  }

  /** Returns the error for clients that would have to wait for one beyond its time limit. */
  public String busyText() {
    return busyText;
  }

  ScriptKind other() {
    return this == SCRIPT ? FUNCTION : SCRIPT;
  }
}
