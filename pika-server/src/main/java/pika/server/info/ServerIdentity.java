package pika.server.info;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * This run of the server.
 *
 * @param runId 40 random hexadecimal digits, new at every start
 * @param startedMs Unix milliseconds
 */
public record ServerIdentity(String runId, long startedMs) {
  private static final int ID_BYTES = 20;

  /** Returns the identity of a run that starts now. */
  public static ServerIdentity startedAt(long nowMs) {
    byte[] id = new byte[ID_BYTES];
    new SecureRandom().nextBytes(id);
    return new ServerIdentity(HexFormat.of().formatHex(id), nowMs);
  }
}
