package pika.storage.key;

/**
 * A kind of uncommitted state that can be rolled back while the step that made it lasts: its last
 * command, or all of it. Confined to the thread that runs the unit.
 */
interface Undoable {
  /** Begins a step with its first command: what was done before can no longer be rolled back. */
  void beginStep();

  /** Begins another command of the step. */
  void nextCommand();

  /** Undoes what the last command has done. */
  void rollbackCommand();

  /** Undoes what all commands of the step have done. */
  void rollbackStep();
}
