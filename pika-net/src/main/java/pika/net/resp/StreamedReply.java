package pika.net.resp;

/**
 * A reply that may be longer than memory is large: the connection asks for it in parts, as the client takes them. Where it is
 * not a connection's own reply but part of another one (EXEC's, a script's), {@link #writeTo} writes what stands in its place
 * there, which may be an error.
 */
public interface StreamedReply extends Reply {

  /** The reply from its first byte on; asked for once, by the event loop that writes it. */
  Parts begin();

  /** What is left of a reply that is being written. Confined to the event loop. */
  @FunctionalInterface
  interface Parts {
    /** Writes the next part, in which only a single item may be large; false when it was the last. */
    boolean writeNext(RespWriter out);
  }
}
