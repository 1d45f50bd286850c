package pika.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {
  @TempDir
  private Path folder;

  @Test
  void withoutArgumentsEverythingIsAtItsDefault() {
    LoadedConfig loaded = Live.load();
    assertThat(loaded.file()).isNull();
    assertThat(loaded.warnings()).isEmpty();
    assertThat(KeyTable.keys()).allMatch(key -> loaded.config().isDefault(key));
    assertThat(loaded.config().get(ConfigKeys.PORT)).isEqualTo(9221);
  }

  @Test
  void bothDialectsAreRead() {
    Config config = Live.loadText("""
            # a comment
              PORT 1234

            thread-num : 4
            block-size: 4096
            write-buffer-size : 64M
            blob-file-size 64mb
            requirepass :secret
            bind ::1 127.0.0.1
            slow-cmd-list : get, mget
            compression_per_level : [none:zstd]
            unixsocket :
            dir "two words"
            timeout 5m\r
            """).config();
    assertThat(config.get(ConfigKeys.PORT)).isEqualTo(1234);
    assertThat(config.get(ConfigKeys.THREAD_NUM)).isEqualTo(4);
    assertThat(config.get(RocksKeys.BLOCK_SIZE)).isEqualTo(4096);
    assertThat(config.get(RocksKeys.WRITE_BUFFER_SIZE)).isEqualTo(64 << 20);
    assertThat(config.get(RocksKeys.BLOB_FILE_SIZE)).isEqualTo(64 << 20);
    assertThat(config.get(ConfigKeys.REQUIREPASS)).isEqualTo(":secret");
    assertThat(config.get(ConfigKeys.BIND)).containsExactly("::1", "127.0.0.1");
    assertThat(config.get(ConfigKeys.SLOW_CMD_LIST)).containsExactly("get", "mget");
    assertThat(config.get(RocksKeys.COMPRESSION_PER_LEVEL))
        .containsExactly(Compression.NONE, Compression.ZSTD);
    assertThat(config.get(ConfigKeys.UNIXSOCKET)).isEmpty();
    assertThat(config.get(ConfigKeys.DIR)).isEqualTo("two words");
    assertThat(config.get(ConfigKeys.TIMEOUT)).isEqualTo(300);
  }

  @Test
  void laterWinsAndTheCommandLineIsLast() throws IOException {
    Path file = write("a.conf", "port 1\nport 2\ntimeout 3\n");
    LoadedConfig loaded = Live.load(file.toString(), "--port", "4", "--db-path", "elsewhere");
    assertThat(loaded.file()).isEqualTo(file);
    assertThat(loaded.config().get(ConfigKeys.PORT)).isEqualTo(4);
    assertThat(loaded.config().get(ConfigKeys.TIMEOUT)).isEqualTo(3);
    assertThat(loaded.config().get(ConfigKeys.DIR)).isEqualTo("elsewhere");
  }

  @Test
  void linesOfSomeSettingsAddUp() {
    Config config = Live.loadText("""
            client-output-buffer-limit normal 1 2 3
            client-output-buffer-limit pubsub 4 5 6
            save 60 10
            save 30 5
            """).config();
    assertThat(config.print(ConfigKeys.CLIENT_OUTPUT_BUFFER_LIMIT))
        .isEqualTo("normal 1 2 3 slave 268435456 67108864 60 pubsub 4 5 6");
    assertThat(config.print(key("save"))).isEqualTo("60 10 30 5");
    assertThat(Live.loadText("save 60 10\nsave \"\"\n").config().print(key("save")))
        .isEmpty();
  }

  /** As in the files shipped with Pika 2 and 3. */
  @Test
  void whatPikaLeavesEmptyStaysAsItIs() {
    LoadedConfig loaded = Live.loadText("""
            db-path :
            timeout :
            maxclients :
            slave-priority :
            compression :
            requirepass :
            slowlog-max-len : 7
            slowlog-max-len :
            double-master-ip :
            slaveof :
            """);
    assertThat(loaded.config().get(ConfigKeys.DIR)).isEqualTo("./data");
    assertThat(loaded.config().get(ConfigKeys.MAXCLIENTS)).isEqualTo(20_000);
    assertThat(loaded.config().get(ConfigKeys.SLOWLOG_MAX_LEN)).isEqualTo(7);
    assertThat(loaded.warnings()).isEmpty();
    assertThatThrownBy(() -> Live.loadText("timeout \"\"\n")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> Live.loadText("double-master-ip : 10.0.0.1\n"))
        .hasMessageContaining("replication is not supported");
  }

  @Test
  void filesIncludeFiles() throws IOException {
    write("part-1.conf", "port 1\n");
    write("part-2.conf", "timeout 2\ninclude " + folder.resolve("deep.inc") + "\n");
    write("deep.inc", "databases 3\n");
    Path main = write(
        "main.conf",
        "include " + folder.resolve("part-*.conf") + "\nport 7\ninclude "
            + folder.resolve("none*"));
    Config config = Live.load(main.toString()).config();
    assertThat(config.get(ConfigKeys.PORT)).isEqualTo(7);
    assertThat(config.get(ConfigKeys.TIMEOUT)).isEqualTo(2);
    assertThat(config.get(ConfigKeys.DATABASES)).isEqualTo(3);
  }

  @Test
  void errorsNameFileLineAndKey() throws IOException {
    assertRefused("port 70000", ":1: port: argument must be between 0 and 65535 inclusive");
    assertRefused("# x\n\n  Port : abc\n", ":3: port: argument couldn't be parsed into an integer");
    assertRefused("port", ":1: port: wrong number of arguments");
    assertRefused("port 1 2", ":1: port: wrong number of arguments");
    assertRefused("prot 1", ":1: prot: unknown setting, did you mean 'port'?");
    assertRefused("qwertyuiop 1", ":1: qwertyuiop: unknown setting");
    assertRefused("dir \"x", ":1: Unbalanced quotes in configuration line");
    assertRefused("include /no/such/file", ":1: include: /no/such/file: No such file or directory");
  }

  @Test
  void anErrorInAnIncludedFileNamesThatFile() throws IOException {
    Path part = write("part.conf", "\ntimeout never\n");
    assertThatThrownBy(() -> Live.loadText("include " + part))
        .hasMessage(part + ":2: timeout: argument couldn't be parsed into an integer");
  }

  @Test
  void aFileThatIncludesItselfIsRefused() throws IOException {
    Path file = folder.resolve("loop.conf");
    Files.writeString(file, "include " + file);
    assertThatThrownBy(() -> Live.load(file.toString()))
        .hasMessage(file + ": included more than 16 files deep");
  }

  @Test
  void aFileThatCannotBeReadIsRefused() throws IOException {
    assertThatThrownBy(() -> Live.load("/no/such.conf"))
        .hasMessage("/no/such.conf: No such file or directory");
    assertThatThrownBy(() -> Live.load(folder.toString())).hasMessage(folder + ": Is a directory");
    Path bad = folder.resolve("latin1.conf");
    Files.write(bad, new byte[] {'a', '\n', 'd', 'i', 'r', ' ', (byte) 0xe9});
    assertThatThrownBy(() -> Live.load(bad.toString())).hasMessage(bad + ":2: not UTF-8 text");
  }

  @Test
  void errorsOfTheCommandLineNameTheOption() {
    assertThatThrownBy(() -> Live.load("--port", "x"))
        .hasMessage("--port: argument couldn't be parsed into an integer");
    assertThatThrownBy(() -> Live.load("--prot", "1"))
        .hasMessage("--prot: unknown setting, did you mean 'port'?");
    assertThatThrownBy(() -> Live.load("a.conf", "b.conf"))
        .hasMessage("unexpected argument 'b.conf'");
  }

  @Test
  void settingsWithoutEffectAreWarnedOfWhenTheyDifferFromTheirDefault() {
    assertThat(Live.loadText("hz 10\nhz 100\nmaxmemory-policy noeviction\nbinlog-file-size : 1G\n")
            .warnings())
        .containsExactly(
            "standard input:4: binlog-file-size: no effect: there is no binlog, RocksDB's write-ahead log takes its place",
            "standard input:2: hz: no effect: this server does not use Redis' timer, hash tables and allocator");
  }

  @Test
  void whatWouldBetrayItsAuthorIsRefused() {
    for (String line : List.of(
        "daemonize yes",
        "replicaof 127.0.0.1 6379",
        "slaveof : 127.0.0.1:9221",
        "loadmodule x.so")) {
      String name = line.substring(0, line.indexOf(' '));
      assertThatThrownBy(() -> Live.loadText(line))
          .as(line)
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("standard input:1: " + name + ": ");
    }
  }

  @Test
  void linesOfUsersAddUpAndAreNoSettingToConfigGet() throws IOException {
    LoadedConfig loaded = Live.loadText("user alice on >\"my pass\"\nuser : bob (~x +get)\n");
    assertThat(loaded.config().get(ConfigKeys.USER))
        .containsExactly(
            new ConfigLine(List.of("alice", "on", ">my pass"), "standard input:1: user"),
            new ConfigLine(List.of("bob", "(~x", "+get)"), "standard input:2: user"))
        .extracting(ConfigLine::place)
        .containsExactly("standard input:1: user", "standard input:2: user");
    assertThat(Live.get(new LiveConfig(loaded), "user", "use*")).doesNotContainKey("user");
  }

  @Test
  void harmlessFormsOfTheSameLinesAreRead() {
    Live.loadText("daemonize no\nuser \"\"\nuserpass :\nuserblacklist :\nslaveof :\ntls-port 0\n");
    assertThat(Live.loadText("daemonize yes\ndaemonize no\n").warnings()).isEmpty();
  }

  private void assertRefused(String text, String messageAfterFile) throws IOException {
    Path file = write("bad.conf", text);
    assertRefused(text, messageAfterFile, file.toString());
  }

  private void assertRefused(String text, String message, String file) throws IOException {
    Path written = write("bad.conf", text);
    assertThatThrownBy(() -> Live.load(written.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + message);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static ConfigKey<?> key(String name) {
    return java.util.Objects.requireNonNull(KeyTable.find(name));
  }
}
