package pika.server.session;

/** Whether a client wants replies: CLIENT REPLY. */
public enum ReplyMode {
  ON,
  OFF,
  /** CLIENT REPLY SKIP is running: no reply to it, then {@link #SKIP}. */
  SKIP_NEXT,
  /** No reply to the next command, then back to {@link #ON}. */
  SKIP
}
