package pika.server.script;

/** What runs: each kind is ended by a command of its own, which leaves the other kind alone. */
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

  /** What is said to who would have to wait for one that runs too long. */
  public String busyText() {
    return busyText;
  }

  ScriptKind other() {
    return this == SCRIPT ? FUNCTION : SCRIPT;
  }
}
