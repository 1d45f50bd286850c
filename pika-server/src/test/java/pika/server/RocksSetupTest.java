package pika.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.config.Config;
import pika.server.config.ConfigLoader;
import pika.storage.Store;

/** The configuration must show up in the OPTIONS file that RocksDB writes. */
final class RocksSetupTest {
  @TempDir
  Path directory;

  @Test
  void memtablesAndLog() throws IOException {
    Map<String, String> options = optionsWith(
        "--write-buffer-size",
        "4mb",
        "--max-write-buffer-num",
        "6",
        "--min-write-buffer-number-to-merge",
        "2",
        "--max-total-wal-size",
        "100mb");
    assertThat(options)
        .containsEntry("write_buffer_size", "4194304")
        .containsEntry("max_write_buffer_number", "6")
        .containsEntry("min_write_buffer_number_to_merge", "2")
        .containsEntry("max_total_wal_size", "104857600");
  }

  @Test
  void memtablesThatWaitForOthersStayWithinASmallBudget() throws IOException {
    // Of the 64 MB, memtables get the minimum of 24 MB, half of which may wait to be merged.
    assertThat(optionsWith("--write-buffer-size", "4mb"))
        .containsEntry("min_write_buffer_number_to_merge", "3");
    assertThat(optionsWith("--write-buffer-size", "64mb"))
        .containsEntry("min_write_buffer_number_to_merge", "1");
  }

  @Test
  void theBlockCacheHasRoomForMoreThanMemtables() {
    assertThat(blockCache("8388608")).isEqualTo(32 << 20);
    assertThat(blockCache("100mb")).isEqualTo(100 << 20);
  }

  @Test
  void backgroundWork() throws IOException {
    Map<String, String> options = optionsWith(
        "--max-background-jobs",
        "3",
        "--max-subcompactions",
        "2",
        "--delayed-write-rate",
        "5mb",
        "--rate-limiter-bandwidth",
        "50mb");
    assertThat(options)
        .containsEntry("max_background_jobs", "3")
        .containsEntry("max_subcompactions", "2")
        .containsEntry("delayed_write_rate", "5242880")
        .doesNotContainEntry("rate_limiter", "nullptr");
  }

  @Test
  void levels() throws IOException {
    Map<String, String> options = optionsWith(
        "--level0-file-num-compaction-trigger",
        "5",
        "--level0-slowdown-writes-trigger",
        "25",
        "--level0-stop-writes-trigger",
        "45",
        "--target-file-size-base",
        "32mb",
        "--max-bytes-for-level-multiplier",
        "8",
        "--level-compaction-dynamic-level-bytes",
        "no");
    assertThat(options)
        .containsEntry("level0_file_num_compaction_trigger", "5")
        .containsEntry("level0_slowdown_writes_trigger", "25")
        .containsEntry("level0_stop_writes_trigger", "45")
        .containsEntry("target_file_size_base", "33554432")
        .containsEntry("max_bytes_for_level_multiplier", "8.000000")
        .containsEntry("level_compaction_dynamic_level_bytes", "false");
  }

  @Test
  void tables() throws IOException {
    Map<String, String> options = optionsWith(
        "--compression",
        "zlib",
        "--compression_per_level",
        "[none:snappy:zstd]",
        "--block-size",
        "16kb",
        "--optimize-filters-for-hits",
        "yes",
        "--max-cache-files",
        "500");
    assertThat(options)
        .containsEntry("compression", "kZlibCompression")
        .containsEntry("compression_per_level", "kNoCompression:kSnappyCompression:kZSTD")
        .containsEntry("block_size", "16384")
        .containsEntry("optimize_filters_for_hits", "true")
        .containsEntry("max_open_files", "500");
  }

  @Test
  void blobs() throws IOException {
    Map<String, String> options = optionsWith(
        "--min-blob-size",
        "100kb",
        "--blob-file-size",
        "64mb",
        "--blob-compression-type",
        "zstd",
        "--enable-blob-garbage-collection",
        "no");
    assertThat(options)
        .containsEntry("enable_blob_files", "true")
        .containsEntry("min_blob_size", "102400")
        .containsEntry("blob_file_size", "67108864")
        .containsEntry("blob_compression_type", "kZSTD")
        .containsEntry("enable_blob_garbage_collection", "false");
    assertThat(optionsWith("--enable-blob-files", "no"))
        .containsEntry("enable_blob_files", "false");
  }

  /** Returns the options of a fresh database, including those of the records' column family. */
  private Map<String, String> optionsWith(String... arguments) throws IOException {
    Path data = Files.createTempDirectory(directory, "data");
    List<String> line = Stream.concat(
            Stream.of("--dir", data.toString(), "--max-memory-budget", "64mb"),
            Stream.of(arguments))
        .toList();
    Config config = config(line);
    Store.open(StoreSetup.options(config, MemoryBudget.of(config), changes -> {}))
        .close();
    try (Stream<Path> files = Files.list(data.resolve("db"))) {
      Path written = files
          .filter(file -> file.getFileName().toString().startsWith("OPTIONS-"))
          .findFirst()
          .orElseThrow();
      return parse(Files.readAllLines(written));
    }
  }

  private static long blockCache(String configured) {
    Config config = config(List.of("--max-memory-budget", "64mb", "--block-cache", configured));
    return RocksSetup.settings(config, MemoryBudget.of(config)).blockCacheBytes();
  }

  private static Config config(List<String> line) {
    return ConfigLoader.load(line, InputStream.nullInputStream()).config();
  }

  private static Map<String, String> parse(List<String> lines) {
    Map<String, String> options = new TreeMap<>();
    boolean wanted = false;
    for (String line : lines) {
      if (line.startsWith("[")) {
        wanted = line.startsWith("[DBOptions") || line.contains("\"record\"");
      } else if (wanted && line.contains("=")) {
        String[] nameAndValue = line.strip().split("=", 2);
        options.put(nameAndValue[0], nameAndValue[1]);
      }
    }
    return options;
  }
}
