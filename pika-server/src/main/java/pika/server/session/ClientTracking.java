package pika.server.session;

import java.util.List;

/**
 * How a client wants to be told of keys that it caches.
 *
 * @param noLoop whether it is spared its own changes
 * @param redirect id of the connection that is told in its place; 0 for none
 * @param prefixes of the keys it is told of in {@link Mode#BROADCAST}, sorted; empty in other modes
 */
public record ClientTracking(Mode mode, boolean noLoop, long redirect, List<String> prefixes) {
  /** Which keys it is told of. */
  public enum Mode {
    /** What it has read. */
    READS,
    /** What it has read right after CLIENT CACHING YES. */
    OPT_IN,
    /** What it has read, but not right after CLIENT CACHING NO. */
    OPT_OUT,
    /** All that begin with its prefixes, read or not. */
    BROADCAST
  }

  public ClientTracking {
    prefixes = List.copyOf(prefixes);
  }
}
