package pika.server.session;

/** Whether a client wants replies: CLIENT REPLY. */
public enum ReplyMode {
  ON,
  OFF,
  /** The command that runs asked for {@link #SKIP} from the next one on. */
  SKIP_NEXT,
  /** No reply to the command that runs, then back to {@link #ON}. */
  SKIP
}
