package pika.storage.key;

/**
 * A kind of uncommitted change that can be taken back as long as the step that made it lasts: what its last command has
 * done, or all of it. Confined to the thread that runs the unit.
 */
interface Undoable {
  /** A step begins, with its first command: what was done before can't be taken back any more. */
  void beginStep();

  /** The step goes on with another command. */
  void nextCommand();

  /** Takes back what the last command has done. */
  void rollbackCommand();

  /** Takes back what all commands of the step have done. */
  void rollbackStep();
}
