package pika.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LiveConfigTest {
  private final LiveConfig live = Live.withDefaults();
  private final List<String> heard = new ArrayList<>();

  @Test
  void getAnswersNamesAliasesAndGlobs() {
    assertThat(Live.get(live, "port")).containsExactly(Map.entry("port", "9221"));
    assertThat(Live.get(live, "PORT", "port", "por*")).containsExactly(Map.entry("PORT", "9221"));
    assertThat(Live.get(live, "db-path", "dir"))
        .containsExactly(Map.entry("db-path", "./data"), Map.entry("dir", "./data"));
    assertThat(Live.get(live, "CLIENT-max-*").keySet())
        .containsExactly(
            "client-max-inflight-commands",
            "client-max-inflight-bytes",
            "client-max-unread-reply-bytes");
    assertThat(Live.get(live, "nosuch", "no*such")).isEmpty();
    assertThat(Live.get(live, "*").keySet()).contains("list-max-ziplist-size", "compression");
  }

  @Test
  void hiddenSettingsAnswerToTheirNameOnly() {
    assertThat(Live.get(live, "rdb-key-save-delay")).hasSize(1);
    assertThat(Live.get(live, "*", "rdb-key-*")).doesNotContainKey("rdb-key-save-delay");
  }

  @Test
  void valuesAreShownAsRedisShowsThem() {
    Live.set(live, "client-query-buffer-limit", "2mb", "protected-mode", "NO", "maxmemory", "1gb");
    assertThat(Live.get(live, "client-query-buffer-limit", "protected-mode", "maxmemory", "bind"))
        .containsExactly(
            Map.entry("client-query-buffer-limit", "2097152"),
            Map.entry("protected-mode", "no"),
            Map.entry("maxmemory", "1073741824"),
            Map.entry("bind", "127.0.0.1 -::1"));
  }

  @Test
  void setChangesAllOrNothing() {
    assertThat(Live.set(live, "timeout", "5", "maxclients", "7")).isEqualTo("OK");
    assertThat(live.get(ConfigKeys.TIMEOUT)).isEqualTo(5);
    assertThat(live.get(ConfigKeys.MAXCLIENTS)).isEqualTo(7);

    Config before = live.current();
    assertThat(Live.set(live, "timeout", "6", "appendfsync", "often"))
        .isEqualTo("ERR CONFIG SET failed (possibly related to argument 'appendfsync') -"
            + " argument(s) must be one of the following: everysec, always, no");
    assertThat(live.current()).isSameAs(before);
  }

  @Test
  void setNamesTheFirstNameThatIsNoGood() {
    assertThat(Live.set(live, "nosuch", "1", "port", "2"))
        .isEqualTo("ERR Unknown option or number of arguments for CONFIG SET - 'nosuch'");
    assertThat(Live.set(live, "timeout", "x", "Databases", "2", "nosuch", "1"))
        .isEqualTo("ERR CONFIG SET failed (possibly related to argument 'Databases') -"
            + " can't set immutable config");
    assertThat(Live.set(live, "timeout", "1", "TIMEOUT", "2"))
        .isEqualTo("ERR CONFIG SET failed (possibly related to argument 'TIMEOUT') -"
            + " duplicate parameter");
    byte[] noText = {(byte) 0xff};
    assertThatThrownBy(() -> live.set(List.of(noText, noText)))
        .hasMessage("ERR Unknown option or number of arguments for CONFIG SET - '\u00ff'");
    assertThat(Live.set(live, "timeout")).isEqualTo("ERR syntax error");
  }

  @Test
  void whatTakesARestartMayBeSetToWhatItIs() {
    assertThat(Live.set(live, "thread-num", "0", "bind", "127.0.0.1 -::1")).isEqualTo("OK");
    assertThat(Live.set(live, "bind", "127.0.0.1"))
        .isEqualTo("ERR CONFIG SET failed (possibly related to argument 'bind') -"
            + " can't set immutable config");
    assertThat(Live.set(live, "databases", "16"))
        .as("as in Redis")
        .isEqualTo("ERR CONFIG SET failed (possibly related to argument 'databases') -"
            + " can't set immutable config");
  }

  @Test
  void aPasswordThatIsNoTextIsRefusedRatherThanChanged() {
    assertThatThrownBy(
            () -> live.set(List.of("requirepass".getBytes(UTF_8), new byte[] {(byte) 0xff})))
        .hasMessageEndingWith("- argument must be valid UTF-8 text");
  }

  @Test
  void listenersHearOfTheirOwnChangesOnce() {
    live.listen(
        now -> heard.add(now.get(ConfigKeys.TIMEOUT) + " " + now.get(ConfigKeys.MAXCLIENTS)),
        ConfigKeys.TIMEOUT,
        ConfigKeys.MAXCLIENTS);
    live.listen(now -> heard.add("level"), ConfigKeys.LOGLEVEL);

    Live.set(live, "timeout", "5", "maxclients", "7");
    Live.set(live, "timeout", "5", "slowlog-max-len", "1");

    assertThat(heard).containsExactly("5 7");
  }

  @Test
  void aFollowerHearsThePresentValueFirst() {
    live.follow(now -> heard.add("timeout " + now.get(ConfigKeys.TIMEOUT)), ConfigKeys.TIMEOUT);
    Live.set(live, "timeout", "5");
    assertThat(heard).containsExactly("timeout 0", "timeout 5");
  }

  @Test
  void aListenerThatRefusesTakesEverythingBack() {
    Config before = live.current();
    live.listen(now -> heard.add("timeout " + now.get(ConfigKeys.TIMEOUT)), ConfigKeys.TIMEOUT);
    live.listen(
        now -> {
          throw new ConfigException("not enough file descriptors");
        },
        ConfigKeys.MAXCLIENTS);

    assertThat(Live.set(live, "timeout", "5", "MAXCLIENTS", "7"))
        .isEqualTo("ERR CONFIG SET failed (possibly related to argument 'maxclients') -"
            + " not enough file descriptors");
    assertThat(heard).containsExactly("timeout 5", "timeout 0");
    assertThat(live.current()).isSameAs(before);
  }

  @Test
  void aBugInAListenerTakesEverythingBackToo() {
    live.listen(now -> heard.add("timeout " + now.get(ConfigKeys.TIMEOUT)), ConfigKeys.TIMEOUT);
    live.listen(
        now -> {
          throw new IllegalStateException("bug");
        },
        ConfigKeys.TIMEOUT);

    assertThatThrownBy(() -> live.set(Live.bytes("timeout", "5")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(heard).containsExactly("timeout 5", "timeout 0");
    assertThat(live.get(ConfigKeys.TIMEOUT)).isZero();
  }

  @Test
  void rewriteNeedsAFile() {
    assertThatThrownBy(live::rewrite).hasMessage("ERR The server is running without a config file");
  }
}
