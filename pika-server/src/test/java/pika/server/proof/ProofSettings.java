package pika.server.proof;

import java.time.Duration;

/**
 * What may be set from outside with {@code mvn ... -DNAME=VALUE}.
 *
 * <ul>
 *   <li>{@code pika.test.seed} repeats a random run; without it a random run has a new one each time.
 *   <li>{@code proof.seconds} is how long a random run lasts.
 *   <li>{@code proof.subject=redis} puts a second redis-server in the place of our server: what
 *       fails then is a mistake of the proof.
 *   <li>{@code proof.types=all} lets stories create lists, sets, hashes and the rest as well.
 *   <li>{@code proof.redis-server} is the oracle's executable, when it is not on the path.
 *   <li>{@code proof.transcripts=record} writes the replies of the oracle into the transcripts.
 * </ul>
 */
public final class ProofSettings {
  private ProofSettings() {}

  public static long seed() {
    Long seed = Long.getLong("pika.test.seed");
    return seed != null ? seed : System.nanoTime() % 1_000_000_000;
  }

  public static long seedOr(long unlessSet) {
    return Long.getLong("pika.test.seed", unlessSet);
  }

  public static Duration duration(Duration unlessSet) {
    return Duration.ofSeconds(Long.getLong("proof.seconds", unlessSet.toSeconds()));
  }

  public static boolean recordTranscripts() {
    return "record".equals(System.getProperty("proof.transcripts"));
  }

  /** Whether stories create keys of other types than strings. */
  public static boolean otherTypes() {
    return "all".equals(System.getProperty("proof.types"));
  }

  public static boolean redisAsSubject() {
    return "redis".equals(System.getProperty("proof.subject"));
  }

  static String redisServer() {
    return System.getProperty("proof.redis-server", "redis-server");
  }
}
