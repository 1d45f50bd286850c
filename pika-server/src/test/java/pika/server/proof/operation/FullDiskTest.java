package pika.server.proof.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.Crew;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/**
 * The disk fills up faster than the server looks, so that RocksDB itself can't go on: writes are
 * refused in the words of Redis, and accepted again when there is space. What was acknowledged is
 * there afterwards, what was refused is not.
 */
final class FullDiskTest {
  private static final int DISK_BYTES = 160 << 20;
  private static final int FREE_BYTES = 16 << 20;
  private static final int VALUE_BYTES = 50_000;
  private static final int CLIENTS = 8;
  private static final int SYNCS = 100;
  private static final int MOST_WRITES = 4000;
  private static final String REFUSED = "MISCONF Errors writing to disk: No space left on device";
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(30);

  @TempDir
  Path temporary;

  private final Random random = new Random(1);
  private final List<String> acknowledged = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"always", "everysec", "no"})
  void writingGoesOnWhenThereIsSpaceAgain(String appendfsync) throws Exception {
    try (FullDisk disk = FullDisk.mount(temporary.resolve("disk"), DISK_BYTES, FREE_BYTES);
        ServerProcess server = start(appendfsync)) {
      writeUntilRefused(server);
      letSomeSecondsPass(server);
      assertThat(write(server)).isEqualTo(REFUSED);
      disk.giveSpaceBack();
      Await.until("writes are accepted", RECOVERY_LIMIT, () -> write(server).equals("OK"));
      assertThat(server.printed()).doesNotContain("\tat ");
      check(server);
      server.kill();
      server.startAgain();
      check(server);
    }
  }

  /** Clients that want the log synced meet one that fills the disk. */
  @Test
  void writingGoesOnAfterTheLogWasSyncedWhileTheDiskFilledUp() throws Exception {
    try (FullDisk disk = FullDisk.mount(temporary.resolve("disk"), DISK_BYTES, FREE_BYTES);
        ServerProcess server = start("no")) {
      Crew.of(CLIENTS, client -> {
        if (client == 0) {
          writeUntilRefused(server);
        } else {
          syncUntilRefused(server);
        }
      });
      disk.giveSpaceBack();
      Await.until("writes are accepted", RECOVERY_LIMIT, () -> write(server).equals("OK"));
      check(server);
    }
  }

  @Test
  void endsInOrderWhileTheDiskIsFull() throws Exception {
    try (FullDisk disk = FullDisk.mount(temporary.resolve("disk"), DISK_BYTES, FREE_BYTES);
        ServerProcess server = start("everysec")) {
      writeUntilRefused(server);
      server.terminate();
      assertThat(server.printed()).contains("shut down").doesNotContain("\tat ");
      disk.giveSpaceBack();
      server.startAgain();
      check(server);
    }
  }

  @Test
  void tellsThatTheLogCouldNotBeEmptied() throws Exception {
    try (FullDisk disk = FullDisk.mount(temporary.resolve("disk"), DISK_BYTES, FREE_BYTES);
        ServerProcess server = start("no");
        Wire wire = server.connect()) {
      writeUntilRefused(server);
      emptyLog(wire, "err");
      disk.giveSpaceBack();
      Await.until("writes are accepted", RECOVERY_LIMIT, () -> write(server).equals("OK"));
      emptyLog(wire, "ok");
    }
  }

  @Test
  void cannotCreateADataDirectory() throws Exception {
    try (FullDisk disk = FullDisk.mount(temporary.resolve("disk"), DISK_BYTES, 0)) {
      Path data = temporary.resolve("disk").resolve("data");
      assertThat(FailedStart.with(List.of("--dir", data.toString(), "--port", "0")))
          .isEqualTo(new FailedStart(
              1,
              List.of("pika: can't use the data directory " + data + ": No space left on device")));
      disk.giveSpaceBack();
      try (ServerProcess server = start("no")) {
        assertThat(write(server)).isEqualTo("OK");
      }
    }
  }

  @Test
  void infoTellsThatTheReserveIsUsedUp() throws Exception {
    try (FullDisk disk = FullDisk.mount(temporary.resolve("disk"), DISK_BYTES, FREE_BYTES);
        ServerProcess server = ServerProcess.pika(temporary.resolve("disk").resolve("data"));
        Wire wire = server.connect()) {
      Await.until(
          "adding is refused",
          RECOVERY_LIMIT,
          () -> wire.figure("persistence", "disk_writes_refused") == 1);
      assertThat(write(server)).startsWith(REFUSED);
      assertThat(wire.ask("DEL", "key").text()).isEqualTo("0");
      assertThat(wire.figure("persistence", "disk_free_bytes")).isBetween(1, FREE_BYTES);
      assertThat(wire.ask("INFO", "persistence").text()).contains("aof_last_write_status:err");
      wire.ask("CONFIG", "SET", "least-free-disk-resume-size", "0");
      Await.until("writes are accepted", RECOVERY_LIMIT, () -> write(server).equals("OK"));
      assertThat(wire.ask("INFO", "persistence").text()).contains("aof_last_write_status:ok");
      disk.giveSpaceBack();
    }
  }

  private static void emptyLog(Wire wire, String status) throws Exception {
    wire.ask("BGREWRITEAOF");
    Await.until("the status is " + status, RECOVERY_LIMIT, () -> {
      String info = wire.ask("INFO", "persistence").text();
      return info.contains("aof_rewrite_in_progress:0")
          && info.contains("aof_last_bgrewrite_status:" + status);
    });
  }

  private ServerProcess start(String appendfsync) {
    return ServerProcess.pika(
        temporary.resolve("disk").resolve("data"),
        "--least-free-disk-resume-size",
        "0",
        "--appendfsync",
        appendfsync);
  }

  private void writeUntilRefused(ServerProcess server) throws IOException {
    String reply = "OK";
    for (int i = 0; i < MOST_WRITES && reply.equals("OK"); i++) {
      reply = write(server);
    }
    assertThat(reply).isEqualTo(REFUSED);
  }

  private static void syncUntilRefused(ServerProcess server) throws IOException {
    List<Command> syncs = Collections.nCopies(SYNCS, Command.of("WAITAOF", "1", "0", "0"));
    try (Wire wire = server.connect()) {
      RawReply last;
      do {
        List<RawReply> replies = wire.askAll(syncs);
        last = replies.get(replies.size() - 1);
      } while (!last.isError());
      assertThat(last.text()).isEqualTo(REFUSED);
    }
  }

  /** Long enough for everything that the server does once a second. */
  private static void letSomeSecondsPass(ServerProcess server) throws Exception {
    try (Wire wire = server.connect()) {
      long start = wire.ask("TIME").elements().get(0).asLong();
      Await.until(
          "time passes",
          RECOVERY_LIMIT,
          () -> wire.ask("TIME").elements().get(0).asLong() > start + 3);
    }
  }

  private String write(ServerProcess server) throws IOException {
    String key = "key" + (acknowledged.size() + refused.size());
    byte[] value = new byte[VALUE_BYTES];
    random.nextBytes(value);
    try (Wire wire = server.connect()) {
      String reply = wire.ask(Command.of("SET", key, value)).text();
      (reply.equals("OK") ? acknowledged : refused).add(key);
      return reply;
    }
  }

  private void check(ServerProcess server) throws IOException {
    try (Wire wire = server.connect()) {
      for (String key : acknowledged) {
        assertThat(wire.ask("STRLEN", key).text()).isEqualTo("" + VALUE_BYTES);
      }
      for (String key : refused) {
        assertThat(wire.ask("EXISTS", key).text()).isEqualTo("0");
      }
    }
  }
}
