package pika.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pika.server.proof.Command;
import pika.server.proof.Notation;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Practically endless draws: as many as Redis would send, without memory for them. */
final class RepeatedDrawsTest {
  private static final long MOST = Long.MAX_VALUE;
  private static final int FEW_BYTES = 200;
  private static final int SENT_BYTES = 800_000;

  @RegisterExtension
  static final Servers SERVERS = new Servers();

  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException {
    server = SERVERS.subject();
    try (Wire wire = server.connect()) {
      wire.ask("HSET", "hash", "one", "1", "two", "1");
      wire.ask("SADD", "set", "one", "two");
      wire.ask("ZADD", "zset", "1", "one", "1", "two");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, HRANDFIELD hash -9223372036854775807, 9223372036854775807",
    "2, HRANDFIELD hash -4611686018427387903 WITHVALUES, 9223372036854775806",
    "2, SRANDMEMBER set -9223372036854775807, 9223372036854775807",
    "2, ZRANDMEMBER zset -100000, 100000",
    "2, ZRANDMEMBER zset -4611686018427387903 WITHSCORES, 9223372036854775806",
    "3, HRANDFIELD hash -4611686018427387903 WITHVALUES, 4611686018427387903",
    "3, ZRANDMEMBER zset -4611686018427387903 WITHSCORES, 4611686018427387903",
  })
  void areSentAsTheClientTakesThem(int protocol, String command, long items) throws IOException {
    boolean bare = !command.contains(" WITH");
    String name = "\\$3\r\n(one|two)\r\n";
    String pair = protocol == 2 ? name + "\\$1\r\n1\r\n" : "\\*2\r\n" + name + "(\\$1\r\n|,)1\r\n";
    String header = "*" + items + "\r\n";
    try (Wire wire = server.connect()) {
      wire.ask("HELLO", protocol);
      wire.send(Command.of(Notation.words(command).toArray())).flush();
      byte[] sent = wire.in().readNBytes(SENT_BYTES);
      String text = new String(sent, StandardCharsets.ISO_8859_1);
      assertThat(text).hasSize(SENT_BYTES).startsWith(header);
      String few = text.substring(header.length(), header.length() + FEW_BYTES);
      Matcher several = Pattern.compile("(" + (bare ? name : pair) + "){4}").matcher(few);
      assertThat(several.lookingAt()).as(few).isTrue();
    }
  }

  @Test
  void areBoundedInsideOfAnotherReply() throws IOException {
    try (Wire wire = server.connect()) {
      wire.ask("MULTI");
      for (long count : List.of(-100_000L, -MOST)) {
        wire.ask("SRANDMEMBER", "set", count);
      }
      List<RawReply> replies = wire.ask("EXEC").elements();
      assertThat(replies.get(0).elements()).hasSize(100_000);
      assertThat(replies.get(1)).isEqualTo(RawReply.of("-ERR value is out of range\r\n"));
      RawReply ofScript = wire.ask(
          "EVAL", "return #redis.call('SRANDMEMBER', KEYS[1], ARGV[1])", 1, "set", "-100000");
      assertThat(ofScript.asLong()).isEqualTo(100_000);
      RawReply refused =
          wire.ask("EVAL", "return redis.call('SRANDMEMBER', KEYS[1], ARGV[1])", 1, "set", -MOST);
      assertThat(refused.text()).startsWith("ERR value is out of range");
    }
  }

  @Test
  void ofNothingAreNone() throws IOException {
    try (Wire wire = server.connect()) {
      for (String name : Arrays.asList("HRANDFIELD", "SRANDMEMBER", "ZRANDMEMBER")) {
        assertThat(wire.ask(name, "nosuch", -MOST)).isEqualTo(RawReply.of("*0\r\n"));
      }
    }
  }
}
