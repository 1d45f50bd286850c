package pika.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Server introspection and administration. */
final class ServerCommandsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final RawReply OK = RawReply.of("+OK\r\n");

  @RegisterExtension
  static final Servers SERVERS = new Servers();

  @TempDir
  static Path dumps;

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = SERVERS.subject("--dump-path", dumps.toString());
  }

  @Test
  void infoCountsWhatHappens() throws IOException {
    try (Wire wire = server.connect()) {
      wire.ask("CONFIG", "RESETSTAT");
      wire.ask("SET", "info-a", 1);
      wire.ask("GET", "info-a");
      wire.ask("GET", "info-b");
      wire.ask("GET");
      wire.ask("INCR", "info-a");
      wire.ask("SET", "info-c", "x");
      wire.ask("INCR", "info-c");
      String info = wire.ask("INFO", "all").text();
      assertThat(field(info, "cmdstat_get")).matches("calls=2,.*,rejected_calls=1,failed_calls=0");
      assertThat(field(info, "cmdstat_incr")).matches("calls=2,.*,rejected_calls=0,failed_calls=1");
      assertThat(field(info, "errorstat_ERR")).isEqualTo("count=2");
      assertThat(field(info, "total_error_replies")).isEqualTo("2");
      assertThat(number(info, "keyspace_hits")).isPositive();
      assertThat(number(info, "keyspace_misses")).isPositive();
      assertThat(field(info, "latency_percentiles_usec_set")).startsWith("p50=");
      assertThat(field(info, "db0")).startsWith("keys=");
      assertThat(number(info, "connected_clients")).isPositive();
      assertThat(number(info, "used_memory_rss")).isGreaterThan(number(info, "used_memory_heap"));
    }
  }

  @Test
  void infoHasTheLinesThatMonitoringReads() throws IOException {
    try (Wire redis = SERVERS.redis().connect();
        Wire ours = server.connect()) {
      Set<String> missing = names(redis.ask("INFO", "everything").text());
      missing.removeAll(names(ours.ask("INFO", "everything").text()));
      missing.removeIf(ServerCommandsTest::isRedisOwn);
      assertThat(missing).isEmpty();
    }
  }

  /**
   * Whether a figure is about something only Redis has: its allocator, forks, files, functions,
   * replicas.
   */
  private static boolean isRedisOwn(String name) {
    return Stream.of(
            "allocator_",
            "rss_overhead",
            "used_memory_",
            "mem_",
            "number_of_",
            "aof_",
            "rdb_",
            "current_",
            "module_",
            "active_defrag",
            "total_active_defrag",
            "tracking_",
            "io_",
            "reply_buffer",
            "cmdstat_",
            "latency_percentiles",
            "db",
            "gcc_",
            "atomicvar",
            "total_eviction",
            "total_reads",
            "total_writes",
            "dump_payload",
            "expire",
            "slave_",
            "instantaneous_input_repl",
            "instantaneous_output_repl",
            "total_net_repl",
            "pubsubshard",
            "used_cpu_sys_main",
            "used_cpu_user_main",
            "expired_")
        .anyMatch(name::startsWith);
  }

  @Test
  void resetStatStartsAnew() throws IOException {
    try (Wire wire = server.connect()) {
      wire.ask("NOSUCH");
      assertThat(wire.ask("CONFIG", "RESETSTAT")).isEqualTo(OK);
      String info = wire.ask("INFO", "stats", "commandstats", "errorstats").text();
      assertThat(field(info, "total_error_replies")).isEqualTo("0");
      assertThat(number(info, "total_commands_processed")).isLessThan(3);
      assertThat(info).doesNotContain("errorstat_");
    }
  }

  @Test
  void slowCallsAreLogged() throws IOException {
    try (Wire wire = server.connect()) {
      wire.ask("CLIENT", "SETNAME", "slow-one");
      wire.ask("CONFIG", "SET", "slowlog-log-slower-than", 20_000);
      wire.ask("SLOWLOG", "RESET");
      wire.ask("DEBUG", "SLEEP", "0.03");
      // On a busy machine any other command may be slow, too.
      List<RawReply> entry = wire.ask("SLOWLOG", "GET", -1).elements().stream()
          .map(RawReply::elements)
          .filter(fields -> fields.get(3).toString().equals("*[$\"DEBUG\" $\"SLEEP\" $\"0.03\"]"))
          .findFirst()
          .orElseThrow();
      assertThat(entry.get(2).asLong()).isGreaterThan(25_000);
      assertThat(entry.get(4).text()).startsWith("127.0.0.1:");
      assertThat(entry.get(5).text()).isEqualTo("slow-one");
      wire.ask("CONFIG", "SET", "slowlog-log-slower-than", -1);
      assertThat(wire.ask("SLOWLOG", "LEN").asLong())
          .isPositive()
          .isEqualTo(wire.ask("SLOWLOG", "GET", -1).elements().size());
      wire.ask("SLOWLOG", "RESET");
      assertThat(wire.ask("SLOWLOG", "LEN").asLong()).isZero();
      wire.ask("CONFIG", "SET", "slowlog-log-slower-than", 10_000);
    }
  }

  @Test
  void latencyHistogramsCountEveryCall() throws IOException {
    try (Wire wire = server.connect()) {
      wire.ask("CONFIG", "RESETSTAT");
      for (int i = 0; i < 5; i++) {
        wire.ask("STRLEN", "nosuch");
      }
      wire.ask("CLIENT", "ID");
      List<RawReply> strlen =
          wire.ask("LATENCY", "HISTOGRAM", "strlen", "nosuch").elements();
      assertThat(strlen.get(0).text()).isEqualTo("strlen");
      List<RawReply> counts = strlen.get(1).elements();
      assertThat(counts.get(1).asLong()).isEqualTo(5);
      List<RawReply> buckets = counts.get(3).elements();
      assertThat(buckets.get(buckets.size() - 1).asLong()).isEqualTo(5);
      assertThat(wire.ask("LATENCY", "HISTOGRAM", "client").toString()).contains("client|id");
    }
  }

  @Test
  void aSleepHoldsNobodyElse() throws Exception {
    try (Wire sleeper = server.connect();
        Wire wire = server.connect()) {
      sleeper.send(Command.of("DEBUG", "SLEEP", 30)).flush();
      assertThat(wire.ask("PING").text()).isEqualTo("PONG");
      assertThat(sleeper.hasReply()).isFalse();
    }
  }

  @Test
  void snapshotsAreDataDirectories() throws Exception {
    try (Wire wire = server.connect()) {
      wire.ask("SET", "saved", "yes");
      long before = wire.ask("LASTSAVE").asLong();
      assertThat(wire.ask("SAVE")).isEqualTo(OK);
      assertThat(wire.ask("BGSAVE").text()).isEqualTo("Background saving started");
      Await.until(
          "the snapshot is made",
          SOON,
          () -> field(wire.ask("INFO", "persistence").text(), "rdb_bgsave_in_progress")
              .equals("0"));
      assertThat(wire.ask("LASTSAVE").asLong()).isGreaterThanOrEqualTo(before);
      assertThat(field(wire.ask("INFO", "persistence").text(), "rdb_last_bgsave_status"))
          .isEqualTo("ok");
    }
    try (Stream<Path> made = Files.list(dumps)) {
      Path newest = made.sorted().toList().get(1);
      try (ServerProcess restored = ServerProcess.pika(newest);
          Wire wire = restored.connect()) {
        assertThat(wire.ask("GET", "saved").text()).isEqualTo("yes");
      }
    }
  }

  @Test
  void compactionRunsInTheBackground() throws Exception {
    try (Wire wire = server.connect()) {
      assertThat(wire.ask("COMPACT")).isEqualTo(OK);
      Await.until(
          "the compaction is done",
          SOON,
          () -> field(wire.ask("INFO", "persistence").text(), "compaction_in_progress")
              .equals("0"));
    }
  }

  @Test
  void shutdownEndsTheProcess() throws Exception {
    ServerProcess brief = SERVERS.subject();
    try (Wire wire = brief.connect()) {
      wire.send(Command.of("SHUTDOWN", "NOSAVE")).flush();
      assertThat(wire.isClosedByPeer()).isTrue();
      Await.until("the process has ended", SOON, () -> !brief.isAlive());
    }
  }

  @Test
  void helpListsEverySubcommand() throws IOException {
    try (Wire wire = server.connect()) {
      String help = wire.ask("CLIENT", "HELP").inFull();
      assertThat(help)
          .contains("CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:")
          .contains("SETNAME connection-name")
          .contains("+    Prints this help.");
    }
  }

  @Test
  void waitAofBringsWritesToTheDisk() throws IOException {
    try (Wire wire = server.connect()) {
      wire.ask("SET", "durable", 1);
      assertThat(wire.ask("WAITAOF", 1, 0, 0).toString()).isEqualTo("*[:1 :0]");
      assertThat(wire.ask("WAITAOF", 2, 0, 0).isError()).isTrue();
    }
  }

  private static Set<String> names(String info) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = Pattern.compile("^([^#:\r\n]+):", Pattern.MULTILINE).matcher(info);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private static String field(String info, String name) {
    Matcher matcher =
        Pattern.compile("^" + name + ":(.*?)\r?$", Pattern.MULTILINE).matcher(info);
    assertThat(matcher.find()).as(name + " in " + info).isTrue();
    return matcher.group(1);
  }

  private static long number(String info, String name) {
    return Long.parseLong(field(info, name));
  }
}
