package pika.storage.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Seeds;
import pika.storage.key.KeyRecord;
import pika.storage.key.Rows;
import pika.storage.key.TestEngine;

class FieldDeadlinesTest {
  private static final int FIELDS = 60;
  private static final int LAST_MS = 3000;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @Test
  void areCountedAndTakenInTheirOrder() throws Exception {
    Seeds.run(random -> {
      try (TestEngine engine = TestEngine.in(directory)) {
        engine.run(keyspace -> {
          Rows rows = keyspace.newRows(bytes("key"));
          move(random, new FieldDeadlines(rows, FieldDeadlines.START, true));
        });
        engine.run(keyspace -> {
          Rows rows = keyspace.newRows(bytes("old"));
          move(random, new FieldDeadlines(rows, FieldDeadlines.START, false));
        });
      }
    });
  }

  private static void move(Random random, FieldDeadlines deadlines) {
    Map<String, Long> model = new TreeMap<>();
    for (int i = 0; i < 1000; i++) {
      String field = "f" + random.nextInt(FIELDS);
      long before = model.getOrDefault(field, KeyRecord.NEVER);
      long after = random.nextInt(4) == 0 ? KeyRecord.NEVER : 1 + random.nextInt(LAST_MS);
      deadlines.move(bytes(field), before, after);
      model.put(field, after);
      model.values().removeIf(deadlineMs -> deadlineMs == KeyRecord.NEVER);
      if (random.nextInt(20) == 0) {
        deadlines.save();
      }
      if (random.nextInt(50) == 0) {
        take(random, deadlines, model);
      }
      long nowMs = random.nextInt(LAST_MS);
      assertThat(deadlines.countUntil(nowMs)).isEqualTo(over(model, nowMs).size());
    }
  }

  private static void take(Random random, FieldDeadlines deadlines, Map<String, Long> model) {
    long nowMs = random.nextInt(LAST_MS);
    Set<String> over = over(model, nowMs);
    Set<String> taken = new HashSet<>();
    int limit = 1 + random.nextInt(FIELDS);
    long nextMs = deadlines.takeUntil(nowMs, limit, field -> taken.add(TestEngine.text(field)));
    assertThat(taken).hasSize(Math.min(limit, over.size())).isSubsetOf(over);
    model.keySet().removeAll(taken);
    assertThat(nextMs)
        .isEqualTo(model.values().stream().min(Long::compare).orElse(KeyRecord.NEVER));
  }

  private static Set<String> over(Map<String, Long> model, long nowMs) {
    return model.entrySet().stream()
        .filter(field -> field.getValue() <= nowMs)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** If the rows are gone, they can't have been stepped over. */
  @Test
  void thoseThatEndTogetherAreCountedWithoutSteppingOverEach() {
    try (TestEngine engine = TestEngine.in(directory)) {
      engine.run(keyspace -> {
        Rows rows = keyspace.newRows(bytes("key"));
        FieldDeadlines deadlines = new FieldDeadlines(rows, FieldDeadlines.START, true);
        for (int i = 0; i < 500; i++) {
          deadlines.move(bytes("f" + i), KeyRecord.NEVER, 1000 + i % 2);
        }
        for (int i = 0; i < 500; i++) {
          rows.delete(HashFormat.deadlineRow(1000 + i % 2, bytes("f" + i)));
        }
        assertThat(deadlines.countUntil(999)).isZero();
        assertThat(deadlines.countUntil(1001)).isEqualTo(500);
        assertThat(deadlines.countUntil(9999)).isEqualTo(500);
      });
    }
  }

  @Test
  void countingBeginsWhenNoneIsLeftThatWasNotCounted() {
    try (TestEngine engine = TestEngine.in(directory)) {
      engine.run(keyspace -> {
        Rows rows = keyspace.newRows(bytes("key"));
        FieldDeadlines deadlines = new FieldDeadlines(rows, FieldDeadlines.START, false);
        deadlines.move(bytes("a"), KeyRecord.NEVER, 10);
        deadlines.move(bytes("b"), KeyRecord.NEVER, 20);
        deadlines.takeUntil(10, 9, field -> {});
        assertThat(deadlines.areCounted()).isFalse();
        deadlines.takeUntil(20, 9, field -> {});
        assertThat(deadlines.areCounted()).isTrue();
        deadlines.move(bytes("c"), KeyRecord.NEVER, 30);
        assertThat(deadlines.countUntil(30)).isEqualTo(1);
      });
    }
  }
}
