package pika.server.proof.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.proof.Await;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/** SAVE and BGSAVE make directories that a server starts from, with the data of that moment. */
final class SnapshotTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir
  Path temporary;

  private Path dumps;
  private ServerProcess server;
  private Wire wire;

  @BeforeEach
  void start() throws IOException {
    dumps = temporary.resolve("dumps");
    server = ServerProcess.pika(temporary.resolve("data"), "--dump-path", dumps.toString());
    wire = server.connect();
  }

  @AfterEach
  void end() throws IOException {
    wire.close();
    server.close();
  }

  @Test
  void aServerStartsFromASnapshotWithTheDataOfItsMoment() throws Exception {
    ask("OK", "SET", "stays", "1");
    ask("OK", "SET", "changes", "before");
    ask("OK", "SET", "goes", "1");
    ask("OK", "SET", "large", "x".repeat(300_000));
    ask("Background saving started", "BGSAVE");
    Await.until("the snapshot is made", LIMIT, () -> snapshots().size() == 1 && isIdle());
    ask("OK", "SET", "changes", "after");
    ask("OK", "SET", "comes", "1");
    ask("1", "DEL", "goes");
    Path snapshot = snapshots().get(0);
    assertThat(snapshot.getFileName().toString()).matches("\\d{14}");

    try (ServerProcess copy = ServerProcess.pika(snapshot);
        Wire other = copy.connect()) {
      assertThat(other.ask("DBSIZE").text()).isEqualTo("4");
      assertThat(other.ask("GET", "changes").text()).isEqualTo("before");
      assertThat(other.ask("EXISTS", "stays", "goes", "comes").text()).isEqualTo("2");
      assertThat(other.ask("STRLEN", "large").text()).isEqualTo("300000");
      assertThat(other.ask("SET", "changes", "in the copy").text()).isEqualTo("OK");
    }
    ask("after", "GET", "changes");
  }

  @Test
  void snapshotsOfOneSecondHaveNamesOfTheirOwn() throws Exception {
    for (int i = 0; i < 3; i++) {
      ask("OK", "SAVE");
    }
    assertThat(snapshots()).hasSize(3);
    assertThat(snapshots()).allMatch(path -> Files.exists(path.resolve("MANIFEST.pika")));
  }

  @Test
  void aSnapshotThatCannotBeMadeIsAnErrorAndLeavesNothing() throws Exception {
    Files.createFile(dumps);
    assertThat(wire.ask("SAVE").text()).startsWith("ERR ").contains(dumps.toString());
    assertThat(info()).contains("rdb_last_bgsave_status:err");
    Files.delete(dumps);
    ask("OK", "SAVE");
    assertThat(info()).contains("rdb_last_bgsave_status:ok");
  }

  @Test
  void whatABrokenOffSnapshotHasLeftIsRemovedByTheNext() throws Exception {
    Path left = Files.createDirectories(dumps.resolve("20200101000000.unfinished-snapshot/db"));
    ask("OK", "SAVE");
    assertThat(left.getParent()).doesNotExist();
    assertThat(snapshots()).hasSize(1);
  }

  @Test
  void changesSinceTheLastSnapshotAreCounted() throws Exception {
    assertThat(info()).contains("rdb_changes_since_last_save:0");
    ask("OK", "MSET", "a", "1", "b", "2");
    ask("0", "SETBIT", "c", "0", "0");
    ask("0", "SETBIT", "c", "0", "0");
    assertThat(info()).contains("rdb_changes_since_last_save:3");
    ask("OK", "SAVE");
    assertThat(info()).contains("rdb_changes_since_last_save:0");
    ask("1", "DEL", "a");
    assertThat(info()).contains("rdb_changes_since_last_save:1");
  }

  @Test
  void rewritingTheLogEmptiesIt() throws Exception {
    ask("OK", "SET", "a", "1");
    ask("Background append only file rewriting started", "BGREWRITEAOF");
    Await.until("the log is empty", LIMIT, () -> info().contains("aof_rewrite_in_progress:0"));
    ask("1", "GET", "a");
  }

  @Test
  void compactIsOneAtATimeAndTakesPikasArguments() throws Exception {
    ask("OK", "SET", "a", "1");
    ask("OK", "COMPACT", "db0", "string");
    Await.until("the compaction ends", LIMIT, this::isIdle);
    ask("OK", "COMPACT");
    Await.until("the compaction ends", LIMIT, this::isIdle);
    ask("1", "GET", "a");
  }

  private boolean isIdle() throws IOException {
    String info = info();
    return info.contains("rdb_bgsave_in_progress:0") && info.contains("compaction_in_progress:0");
  }

  private String info() throws IOException {
    return wire.ask("INFO", "persistence").text();
  }

  private void ask(String reply, Object... command) throws IOException {
    assertThat(wire.ask(command).text()).isEqualTo(reply);
  }

  private List<Path> snapshots() throws IOException {
    if (!Files.isDirectory(dumps)) {
      return List.of();
    }
    try (Stream<Path> made = Files.list(dumps)) {
      return made.filter(path -> !path.toString().contains("unfinished")).toList();
    }
  }
}
