package pika.storage.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.rocks.StorageException;

class DataDirectoryTest {
  @TempDir
  Path temporary;

  @Test
  void keepsWhatWasDecidedWhenItWasMade() {
    String id;
    try (DataDirectory made = DataDirectory.open(path(), true, "pika 1")) {
      id = made.manifest().getReplicationId();
      assertThat(id).matches("[0-9a-f]{40}");
    }

    try (DataDirectory again = DataDirectory.open(path(), false, "pika 2")) {
      assertThat(again.manifest().getSlotPrefix()).isTrue();
      assertThat(again.manifest().getCreatedBy()).isEqualTo("pika 1");
      assertThat(again.manifest().getReplicationId()).isEqualTo(id);
      assertThat(again.manifest().getFormatVersion()).isEqualTo(DataDirectory.FORMAT_VERSION);
    }
  }

  @Test
  void isRefusedToASecondStoreOfThisProcess() {
    try (DataDirectory held = DataDirectory.open(path(), false, "pika")) {
      assertThat(held.databasePath()).isEqualTo(path().resolve("db"));
      assertRefused("in use by another process");
    }
    DataDirectory.open(path(), false, "pika").close();
  }

  @Test
  void isRefusedToASecondProcess() throws Exception {
    DataDirectory.open(path(), false, "pika").close();
    Process holder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            path().toString())
        .redirectErrorStream(true)
        .start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("held");
      assertRefused("in use by another process");
    } finally {
      holder.getOutputStream().close();
      assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Another process: holds the directory until its standard input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (DataDirectory held = DataDirectory.open(Path.of(args[0]), false, "pika")) {
        System.out.println(held.manifest().getFormatVersion() > 0 ? "held" : "damaged");
        int end = System.in.read();
        assertThat(end).isEqualTo(-1);
      }
    }
  }

  @Test
  void isRefusedWhenANewerVersionMadeIt() throws IOException {
    DataDirectory.open(path(), false, "pika").close();
    write(Manifest.newBuilder()
        .setFormatVersion(DataDirectory.FORMAT_VERSION + 1)
        .setCreatedBy("pika 99")
        .build()
        .toByteArray());

    assertRefused("format " + (DataDirectory.FORMAT_VERSION + 1) + ", written by pika 99");
  }

  @Test
  void isRefusedWhenTheManifestIsDamaged() throws IOException {
    DataDirectory.open(path(), false, "pika").close();
    write(new byte[] {-1, -1, 7});
    assertRefused("damaged");

    write(new byte[0]);
    assertRefused("damaged");
  }

  @Test
  void isRefusedWhenTheManifestIsMissing() throws IOException {
    Files.createDirectories(path().resolve("db"));
    Files.createFile(path().resolve("db/CURRENT"));

    assertRefused("damaged: MANIFEST.pika is missing");
  }

  @Test
  void isRefusedWhenTheDatabaseIsMissing() throws IOException {
    DataDirectory.open(path(), false, "pika").close();
    Files.delete(path().resolve("db"));

    assertRefused("damaged: db is missing");
  }

  @Test
  void isCompletedAfterACrashWhileItWasMade() throws IOException {
    Files.createDirectories(path().resolve("db"));

    DataDirectory.open(path(), false, "pika").close();
    assertThat(DataDirectory.exists(path())).isTrue();
  }

  @Test
  void isRefusedWhenItIsAFile() throws IOException {
    Files.writeString(path(), "something else");

    assertRefused("can't use the data directory");
  }

  /**
   * Asserts that the error is one line that names the directory, and that nothing in it was
   * touched.
   */
  private void assertRefused(String reason) {
    Map<String, Long> before = contents();
    assertThatThrownBy(() -> DataDirectory.open(path(), false, "pika"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(path().toString())
        .message()
        .doesNotContain("\n");
    assertThat(contents()).isEqualTo(before);
  }

  private Map<String, Long> contents() {
    Map<String, Long> contents = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(path())) {
      for (Path file : tree.toList()) {
        contents.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return contents;
  }

  private void write(byte[] manifest) throws IOException {
    Files.write(path().resolve("MANIFEST.pika"), manifest);
  }

  private Path path() {
    return temporary.resolve("data");
  }
}
