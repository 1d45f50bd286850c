package pika.server.proof;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The real redis-server of this machine, whose behaviour is the truth: any 7.x. Where there is
 * none, the tests that need it are skipped, and one line says so.
 */
public final class RedisOracle {
  private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.(\\d+)\\.(\\d+)");
  private static final int DIALECT = 7;

  private static final @Nullable String PROBLEM = findProblem();

  private RedisOracle() {}

  /** Skips the calling test when there is no oracle. */
  public static void assumePresent() {
    if (PROBLEM != null) {
      Assumptions.abort(PROBLEM);
    }
  }

  /** Redis' other programs stand beside the server: redis-cli, redis-benchmark. */
  public static String program(String name) {
    String server = ProofSettings.redisServer();
    return server.substring(0, server.lastIndexOf('/') + 1) + name;
  }

  private static @Nullable String findProblem() {
    String problem = problemOf(version());
    if (problem != null) {
      System.out.println(problem + ": the tests that compare with Redis are skipped");
    }
    return problem;
  }

  private static @Nullable String problemOf(@Nullable String version) {
    if (version == null) {
      return "redis-server not found";
    }
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.find()) {
      return "redis-server does not tell its version";
    }
    boolean ours = Integer.parseInt(matcher.group(1)) == DIALECT;
    return ours ? null : "redis-server " + matcher.group().substring(2) + " is not a 7.x";
  }

  private static @Nullable String version() {
    try {
      Process process = new ProcessBuilder(List.of(ProofSettings.redisServer(), "--version"))
          .redirectErrorStream(true)
          .start();
      String output = Notation.text(process.getInputStream().readAllBytes());
      process.waitFor(10, TimeUnit.SECONDS);
      return output;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
