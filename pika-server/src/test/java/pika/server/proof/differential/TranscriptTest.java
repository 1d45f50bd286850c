package pika.server.proof.differential;

import java.io.IOException;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.ProofSettings;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;

/**
 * Every command's errors and their order, its options and its edges, as Redis 7.0 answers them. To
 * write more, add commands to a file and let the oracle answer: {@code -Dproof.transcripts=record}.
 */
final class TranscriptTest {
  private static final List<String> FILES = List.of(
      "strings",
      "scripts",
      "bitmaps",
      "hyperloglog",
      "lists",
      "hashes",
      "sets",
      "sorted-sets",
      "geo",
      "keys",
      "wrongtype",
      "connection",
      "pubsub",
      "server",
      "dumps",
      "acl",
      "field-expiry",
      "streams",
      "stream-groups",
      "sort",
      "transactions",
      "functions",
      "cluster");

  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void redisAnswersAsWritten() throws IOException {
    ServerProcess redis = servers.redis();
    if (ProofSettings.recordTranscripts()) {
      for (String file : FILES) {
        Transcript.read(file).playedOn(redis).write();
      }
    }
    answersAsWritten(redis);
  }

  @Test
  void oursAnswersAsWritten() throws IOException {
    answersAsWritten(servers.subject());
  }

  private static void answersAsWritten(ServerProcess server) throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (String file : FILES) {
      Transcript written = Transcript.read(file);
      Transcript played = written.playedOn(server);
      softly.assertThat(written.differences(played)).as(file).isEmpty();
    }
    softly.assertAll();
  }
}
