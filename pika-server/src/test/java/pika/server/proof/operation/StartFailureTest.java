package pika.server.proof.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pika.server.proof.ServerProcess;
import pika.storage.Store;
import pika.storage.StoreOptions;
import pika.storage.manifest.Manifest;

/**
 * What cannot start says so in one line on standard error, ends with exit code 1, and leaves the
 * disk as it was.
 */
final class StartFailureTest {
  @TempDir
  Path temporary;

  private Path data;

  @BeforeEach
  void placeOfTheData() {
    data = temporary.resolve("data");
  }

  @Test
  void aPortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      FailedStart start =
          FailedStart.with(List.of("--dir", data.toString(), "--port", Integer.toString(port)));
      assertComplains(start, "127.0.0.1:" + port, "Address already in use");
    }
    assertThat(data).doesNotExist();
  }

  @Test
  void aDirectoryOfAnotherServer() throws Exception {
    try (ServerProcess other = ServerProcess.pika(data)) {
      assertComplains(startOn(data), data.toString(), "in use by another process");
      assertThat(other.isAlive()).isTrue();
    }
  }

  @Test
  void aPlaceWhereNoDirectoryCanBe() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    assertComplains(startOn(file.resolve("data")), file.toString());
  }

  @Test
  void aPlaceThatIsNotThere() throws Exception {
    assertComplains(
        startOn(Path.of("/proc/nowhere/data")), "No such file or directory: /proc/nowhere");
  }

  @Test
  void aFileInPlaceOfTheDirectory() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    assertComplains(startOn(file), "Not a directory: " + file);
  }

  @Test
  void noDirectoryAtAll() throws Exception {
    assertComplains(
        FailedStart.with(List.of("--dir", "", "--port", "0")), "argument must be a path");
  }

  @Test
  void aDirectoryOfANewerFormat() throws Exception {
    makeData();
    Manifest newer =
        Manifest.newBuilder().setFormatVersion(99).setCreatedBy("pika 9").build();
    Files.write(data.resolve("MANIFEST.pika"), newer.toByteArray());
    assertRefusesAndLeavesAlone("format 99", "pika 9");
  }

  /** A file of the data directory, and what happened to it. */
  private enum Damage {
    MANIFEST("MANIFEST.pika") {
      @Override
      void doTo(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, (byte) 0xff);
        Files.write(file, bytes);
      }
    },
    NO_MANIFEST("MANIFEST.pika") {
      @Override
      void doTo(Path file) throws IOException {
        Files.delete(file);
      }
    },
    EMPTY_CURRENT("db/CURRENT") {
      @Override
      void doTo(Path file) throws IOException {
        truncate(file, 0);
      }
    },
    NO_CURRENT("db/CURRENT") {
      @Override
      void doTo(Path file) throws IOException {
        Files.delete(file);
      }
    },
    CURRENT_NAMES_NOTHING("db/CURRENT") {
      @Override
      void doTo(Path file) throws IOException {
        Files.writeString(file, "MANIFEST-999999\n");
      }
    },
    SHORT_ROCKSDB_MANIFEST("db/MANIFEST-") {
      @Override
      void doTo(Path file) throws IOException {
        truncate(file, 20);
      }
    };

    private final String name;

    Damage(String name) {
      this.name = name;
    }

    abstract void doTo(Path file) throws IOException;

    Path fileIn(Path directory) throws IOException {
      try (Stream<Path> files = Files.walk(directory)) {
        return files
            .filter(file -> directory.relativize(file).toString().startsWith(name))
            .findFirst()
            .orElseThrow();
      }
    }

    static void truncate(Path file, long length) throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedDirectory(Damage damage) throws Exception {
    makeData();
    damage.doTo(damage.fileIn(data));
    assertRefusesAndLeavesAlone("damaged", data.toString());
  }

  @Test
  void aMissingConfigurationFile() throws Exception {
    Path file = temporary.resolve("none.conf");
    assertComplains(FailedStart.with(List.of(file.toString())), file.toString());
  }

  @Test
  void anUnknownSetting() throws Exception {
    Path file = Files.writeString(
        temporary.resolve("pika.conf"), "dir " + data + "\n# nothing\nmax-clients 5\n");
    assertComplains(
        FailedStart.with(List.of(file.toString())), file.toString(), "3", "max-clients");
    assertThat(data).doesNotExist();
  }

  @Test
  void aWrongValue() throws Exception {
    FailedStart start =
        FailedStart.with(List.of("--dir", data.toString(), "--appendfsync", "sometimes"));
    assertComplains(start, "appendfsync");
    assertThat(data).doesNotExist();
  }

  @Test
  void aLineAboutAUserOrACommandThatCannotBe() throws Exception {
    for (String line : List.of(
        "user alice on +nosuch",
        "rename-command nosuch x",
        "rename-command get set",
        "rename-command get")) {
      Path file = Files.writeString(
          temporary.resolve("pika.conf"), "dir " + data + "\n\n" + line + "\nport 0\n");
      assertComplains(FailedStart.with(List.of(file.toString())), file + ":3: ");
    }
  }

  @Test
  void aPortForTlsWithoutACertificate() throws Exception {
    assertComplains(
        FailedStart.with(List.of("--dir", data.toString(), "--port", "0", "--tls-port", "1")),
        "tls-cert-file");
    assertThat(data).doesNotExist();
  }

  private void makeData() {
    Store.open(StoreOptions.in(data)).close();
  }

  private void assertRefusesAndLeavesAlone(String... words) throws Exception {
    Map<Path, String> before = contents();
    assertComplains(startOn(data), words);
    assertThat(contents()).isEqualTo(before);
  }

  /** Port 0 listens on none: what is tried here comes before. */
  private static FailedStart startOn(Path directory) throws Exception {
    return FailedStart.with(List.of("--dir", directory.toString(), "--port", "0"));
  }

  private static void assertComplains(FailedStart start, String... words) {
    assertThat(start.complaints()).hasSize(1);
    assertThat(start.complaints().get(0)).startsWith("pika: ").contains(words);
    assertThat(start.exitCode()).isEqualTo(1);
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(data.relativize(file), Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
