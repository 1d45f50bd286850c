package pika.server.session;

import java.util.List;

/**
 * How a client tracks the keys it caches (CLIENT TRACKING).
 *
 * @param noLoop whether it is not told of its own changes
 * @param redirect id of the connection that is told instead; 0 for none
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
    /** All keys with its prefixes, whether it has read them or not. */
    BROADCAST
  }

  public ClientTracking {
    prefixes = List.copyOf(prefixes);
  }
}
