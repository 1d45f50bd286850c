package pika.net.resp;

/**
 * A reply that might not fit in memory: the connection asks for it in parts, as the client reads
 * them. Inside another reply (of EXEC or a script) it cannot be streamed; there, {@link #writeTo}
 * writes a substitute, which may be an error.
 */
public interface StreamedReply extends Reply {

  /** Starts writing; called once, by the event loop that writes the reply. */
  Parts begin();

  /** The rest of a reply that is being written. Confined to the event loop. */
  @FunctionalInterface
  interface Parts {
    /** Writes the next part, with at most one large item; false if it was the last. */
    boolean writeNext(RespWriter out);
  }
}
