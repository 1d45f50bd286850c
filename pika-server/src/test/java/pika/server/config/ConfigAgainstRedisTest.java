package pika.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.proof.RawReply;
import pika.server.proof.RedisOracle;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/** CONFIG compared with a real redis-server: names, defaults, values and error texts. */
final class ConfigAgainstRedisTest {
  /** Settings that differ on purpose or can't be compared. */
  private static final Set<String> NOT_COMPARED = Set.of(
      "port", // listens there
      "bind",
      "tls-port",
      "tls-cluster", // wants certificates
      "tls-replication",
      "requirepass", // locks the test out
      "dir", // protected there, fixed here
      "dbfilename",
      "enable-debug-command", // fixed, with another default
      "maxclients", // depends on the limit of open files
      "hz", // cut to 500
      "repl-backlog-size", // raised to 16 KB
      "activedefrag", // needs a special build
      "oom-score-adj", // needs privileges
      "oom-score-adj-values",
      "proc-title-template", // has a grammar of its own
      "cluster-announce-hostname",
      "watchdog-period"); // sends signals

  /** Results of C's strtol and strtod for empty text and prefixes, which are not worth copying. */
  private static final Set<String> QUIRKS = Set.of(
      "CONFIG SET latency-tracking-info-percentiles '-0'",
      "CONFIG SET latency-tracking-info-percentiles '0x10'",
      "CONFIG SET save '5 '");

  private static final Set<String> OWN_DEFAULTS = Set.of(
      "port",
      "bind",
      "maxclients",
      "appendonly",
      "save",
      "dir",
      "loglevel",
      "enable-debug-command");

  /** Separated by bars; the first one is empty. */
  private static final List<String> HARD_VALUES = List.of(
      ("|abc|-1|0|1|5|05|+5|-0| 5|5 |1.5|1k|1KB|2mb|1gb|1b|b|1t|0x10|1048576|65536|4294967296"
              + "|9223372036854775807|-9223372036854775808|-9223372036854775809|yes|NO|maybe|no"
              + "|50%|101%|-5%|%|60 10|60 10 5|0 1|everysec|ALWAYS|AKE|$lshzxetdnKEm|Z"
              + "|nosave force|normal 1 2 3|NORMAL 1kb 2k 3 replica 4 5 6|normal 1 2|other 1 2 3"
              + "|normal 1 2 -1|50 99.95|50 101|1e1 .5 5. 99.123456789")
          .split("\\|", -1));

  private static ServerProcess redis;
  private static Wire wire;

  private final LiveConfig live = Live.withDefaults();

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    RedisOracle.assumePresent();
    redis = ServerProcess.redis(folder);
    wire = redis.connect();
  }

  @AfterAll
  static void stop() throws IOException {
    if (redis != null) {
      wire.close();
      redis.close();
    }
  }

  @Test
  void everySettingOfRedis70IsKnown() throws IOException {
    assumeThat(wire.ask("INFO", "server").text()).contains("redis_version:7.0.");
    assertThat(KeyTable.names().keySet()).containsAll(redisSettings("*").keySet());
  }

  @Test
  void defaultsAndTheWayTheyAreShownAreTheSame() throws IOException {
    Map<String, String> theirs = redisSettings("*");
    Map<String, String> ours = new TreeMap<>(Live.get(live, "*"));
    ours.keySet().retainAll(theirs.keySet());
    ours.keySet().removeAll(OWN_DEFAULTS);
    theirs.keySet().retainAll(ours.keySet());
    assertThat(ours).isEqualTo(theirs);
  }

  @Test
  void setAnswersTheSameToHardValues() throws IOException {
    Map<String, String> differences = new LinkedHashMap<>();
    for (String name : comparedNames()) {
      String before = String.valueOf(redisSettings(name).get(name));
      for (String value : HARD_VALUES) {
        Live.set(live, name, before);
        String ours = Live.set(live, name, value) + " " + Live.get(live, name).get(name);
        String theirs = redisSet(name, value) + " " + redisSettings(name).get(name);
        if (!ours.equals(theirs)) {
          differences.put("CONFIG SET " + name + " '" + value + "'", theirs + " <> " + ours);
        }
        redisSet(name, before);
      }
    }
    differences.keySet().removeAll(QUIRKS);
    assertThat(differences).isEmpty();
  }

  @Test
  void setAnswersTheSameToHardPairs() throws IOException {
    List<List<String>> requests = List.of(
        List.of("nosuch", "1"),
        List.of("nOsuch", "1", "timeout", "x"),
        List.of("timeout", "x", "nosuch", "1"),
        List.of("timeout", "1", "TIMEOUT", "2"),
        List.of("timeout", "1", "databases", "2"),
        List.of("Databases", "2", "nosuch", "1"),
        List.of("nosuch", "1", "databases", "2"),
        List.of("timeout", "1", "timeout", "2", "databases", "1"),
        List.of("timeout", "7", "maxmemory-policy", "foo"),
        List.of("MaxMemory-Policy", "foo"),
        List.of("timeout", "1", "hz"),
        List.of("list-max-listpack-size", "1", "list-max-ziplist-size", "2"),
        List.of("list-max-ziplist-size", "x"),
        List.of("rename-command", "a b"),
        List.of("include", "x"),
        List.of("user", "x"));
    for (List<String> request : requests) {
      String[] pairs = request.toArray(new String[0]);
      assertThat(Live.set(live, pairs)).isEqualTo(redisSet(pairs));
    }
    assertThat(Live.get(live, "timeout", "list-max-*"))
        .isEqualTo(redisSettings("timeout", "list-max-*"));
  }

  @Test
  void getAnswersTheSameToHardPatterns() throws IOException {
    List<List<String>> requests = List.of(
        List.of("TIMEOUT"),
        List.of("TIMEOUT", "timeout", "time*"),
        List.of("Time*", "TIMEOUT"),
        List.of("max*y"),
        List.of("\\timeout"),
        List.of("[t]imeout"),
        List.of("[^a-s]imeout"),
        List.of("timeou?"),
        List.of("rdb-key-save-delay"),
        List.of("rdb-key-*"),
        List.of("nosuch", ""),
        List.of("list-max-listpack-size", "list-max-ziplist-size"));
    for (List<String> request : requests) {
      String[] patterns = request.toArray(new String[0]);
      assertThat(Live.get(live, patterns)).as("%s", request).isEqualTo(redisSettings(patterns));
    }
  }

  @Test
  void rewriteWithoutAFileAnswersTheSame() throws IOException {
    try {
      live.rewrite();
    } catch (ConfigException e) {
      assertThat(wire.ask("CONFIG", "REWRITE").text()).isEqualTo(e.getMessage());
    }
  }

  /**
   * Returns the settings that Redis has too; durations accept units here, which none of the values
   * uses.
   */
  private static List<String> comparedNames() throws IOException {
    List<String> names = new ArrayList<>(redisSettings("*").keySet());
    names.removeAll(NOT_COMPARED);
    return names;
  }

  private static String redisSet(String... namesAndValues) throws IOException {
    List<Object> words = new ArrayList<>(List.of("CONFIG", "SET"));
    words.addAll(List.of((Object[]) namesAndValues));
    return wire.ask(words.toArray()).text();
  }

  private static Map<String, String> redisSettings(String... patterns) throws IOException {
    List<Object> words = new ArrayList<>(List.of("CONFIG", "GET"));
    words.addAll(List.of((Object[]) patterns));
    List<RawReply> reply = wire.ask(words.toArray()).elements();
    Map<String, String> settings = new TreeMap<>();
    for (int i = 0; i < reply.size(); i += 2) {
      settings.put(reply.get(i).text(), reply.get(i + 1).text());
    }
    return settings;
  }
}
