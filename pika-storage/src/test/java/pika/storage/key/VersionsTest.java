package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.RocksSettings;

class VersionsTest {
  @TempDir
  Path directory;

  @Test
  void areNotGivenOutTwiceThoughTheStoreIsOpenedAgain() {
    long last = 0;
    for (int i = 0; i < 3; i++) {
      try (Rocks rocks = open()) {
        Versions versions = new Versions(rocks);
        long first = versions.next();
        assertThat(first).isGreaterThan(last);
        last = versions.next();
        assertThat(last).isGreaterThan(first);
      }
    }
  }

  @Test
  void areReservedOnDiskBeforeTheyAreGivenOut() {
    try (Rocks rocks = open()) {
      Versions versions = new Versions(rocks);
      long before = rocks.sequence();
      for (int i = 0; i < (1 << 20) - 1; i++) {
        versions.next();
      }
      assertThat(rocks.sequence()).isEqualTo(before);
      long last = versions.next();
      last = Math.max(last, versions.next());
      assertThat(rocks.sequence()).isEqualTo(before + 1);
      assertThat(new Versions(rocks).next()).isGreaterThan(last);
    }
  }

  @Test
  void areReservedAheadSoThatNobodyHasToWait() {
    try (Rocks rocks = open()) {
      Versions versions = new Versions(rocks);
      versions.reserveAhead();
      for (int i = 0; i < 700_000; i++) {
        versions.next();
      }
      long before = rocks.sequence();
      versions.reserveAhead();
      assertThat(rocks.sequence()).isEqualTo(before + 1);
      for (int i = 0; i < 1_000_000; i++) {
        versions.next();
      }
      assertThat(rocks.sequence()).isEqualTo(before + 1);
    }
  }

  @Test
  void areNotGivenOutTwiceToManyThreads() throws Exception {
    try (Rocks rocks = open()) {
      Versions versions = new Versions(rocks);
      Set<Long> given = ConcurrentHashMap.newKeySet();
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
          done.add(threads.submit(() -> {
            for (int i = 0; i < 20_000; i++) {
              assertThat(given.add(versions.next())).isTrue();
            }
          }));
        }
        for (Future<?> each : done) {
          each.get();
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private Rocks open() {
    return Rocks.open(directory, RocksSettings.withBlockCache(8 << 20));
  }
}
