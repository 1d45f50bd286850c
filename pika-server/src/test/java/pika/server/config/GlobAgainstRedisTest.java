package pika.server.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.proof.Command;
import pika.server.proof.ProofSettings;
import pika.server.proof.RawReply;
import pika.server.proof.RedisOracle;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;
import pika.storage.bytes.Glob;

/** Random patterns of significant characters, compared with KEYS of a real redis-server. */
final class GlobAgainstRedisTest {
  private static final String ALPHABET = "abB-]^\\[*?\u0080\u00ff";
  private static final int PATTERNS = 3000;
  private static final int MAX_PATTERN_LENGTH = 8;

  @Test
  void keysFindsTheSame(@TempDir Path folder) throws IOException {
    RedisOracle.assumePresent();
    long seed = ProofSettings.seed();
    Random random = new Random(seed);
    Set<String> names = names();
    try (ServerProcess redis = ServerProcess.redis(folder);
        Wire wire = redis.connect()) {
      wire.askAll(names.stream().map(name -> Command.of("SET", name, "")).toList());
      for (int i = 0; i < PATTERNS; i++) {
        String pattern = pattern(random);
        assertThat(matching(pattern, names))
            .as("pika.test.seed=%d, pattern %s", seed, pattern)
            .isEqualTo(keys(wire, pattern));
      }
    }
  }

  /** Returns the empty name, all names of up to two characters, and a few longer ones. */
  private static Set<String> names() {
    Set<String> names = new TreeSet<>(List.of("", "aab", "abab", "a-b", "[a]", "a*b", "\\\\\\"));
    List<String> letters = ALPHABET.chars().mapToObj(Character::toString).toList();
    names.addAll(letters);
    for (String first : letters) {
      letters.forEach(second -> names.add(first + second));
    }
    return names;
  }

  private static String pattern(Random random) {
    StringBuilder pattern = new StringBuilder();
    int length = random.nextInt(MAX_PATTERN_LENGTH + 1);
    for (int i = 0; i < length; i++) {
      pattern.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return pattern.toString();
  }

  private static Set<String> matching(String pattern, Set<String> names) {
    Glob glob = Glob.compile(pattern.getBytes(ISO_8859_1));
    return names.stream()
        .filter(name -> glob.matches(name.getBytes(ISO_8859_1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> keys(Wire wire, String pattern) throws IOException {
    List<String> found = new ArrayList<>();
    for (RawReply name : wire.ask("KEYS", pattern).elements()) {
      found.add(name.text());
    }
    return new TreeSet<>(found);
  }
}
