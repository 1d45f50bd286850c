package pika.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.manifest.DataDirectory;

class ForeignDataTest {
  @TempDir
  Path directory;

  @Test
  void tellsOfWhatRedisLeft() throws IOException {
    Files.createFile(directory.resolve("dump.rdb"));
    Files.createDirectory(directory.resolve("appendonlydir"));
    assertThat(ForeignData.in(directory))
        .isEqualTo("dir: " + directory + " holds data of Redis or Pika (appendonlydir, dump.rdb),"
            + " which this server does not read: it starts empty");
  }

  @Test
  void tellsOfWhatPikaLeft() throws IOException {
    Files.createDirectory(directory.resolve("db0"));
    assertThat(ForeignData.in(directory)).contains("(db0)");
  }

  @Test
  void tellsNothingOfOtherFilesOrOfAServersOwn() throws IOException {
    assertThat(ForeignData.in(directory.resolve("missing"))).isNull();
    Files.createDirectory(directory.resolve("lost+found"));
    assertThat(ForeignData.in(directory)).isNull();

    Files.createFile(directory.resolve("dump.rdb"));
    DataDirectory.open(directory, false, "pika").close();
    assertThat(ForeignData.in(directory)).isNull();
  }
}
