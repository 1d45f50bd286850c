package pika.storage.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pika.storage.bytes.Slice;
import pika.storage.rocks.StorageException;

class DirectoryTest {
  private static final int SPACE = 7;

  private final MapOfRows rows = new MapOfRows();
  private Directory directory =
      Directory.create(rows, SPACE, Fanout.DEFAULT, Directory.Search.BY_INDEX);

  @Test
  void anEmptyDirectoryHasNoRuns() {
    assertThat(directory.size()).isZero();
    assertThat(directory.first()).isNull();
    assertThat(directory.last()).isNull();
    assertThat(directory.hasOneRunAtMost()).isTrue();
    assertThatThrownBy(() -> directory.at(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void findingAnElementOfAMillionReadsTwoNodesAtMost() {
    for (int i = 0; i < 1_000_000 / 128; i++) {
      directory.insert(directory.size(), 128);
    }
    reopen();
    rows.reads = 0;
    assertThat(directory.at(directory.size() / 2).start()).isEqualTo(directory.size() / 2);
    assertThat(rows.reads).isLessThanOrEqualTo(2);
  }

  @Test
  void keysHaveBoundsWhereRunsHaveGoneAtTheEnds() {
    directory = Directory.create(rows, SPACE, Fanout.DEFAULT, Directory.Search.BY_INDEX_AND_KEY);
    for (String separator : List.of("", "d", "g", "m", "t")) {
      directory.insert(directory.size(), 10, key(separator));
    }
    assertBounds("", null);
    directory.add(directory.at(0), -10);
    directory.add(directory.at(directory.size() - 1), -10);
    reopen();
    assertBounds("d", "t");
    assertThat(directory.size()).isEqualTo(30);

    // A join moves no key, a division neither.
    directory.join(directory.at(10));
    directory.split(directory.at(10), 5, key("h"));
    assertBounds("d", "t");

    directory.add(key("c"), 1);
    directory.add(key("z"), 1);
    reopen();
    assertBounds("c", "z\0");
    directory.add(directory.at(0), 1);
    assertBounds("", null);
  }

  private void assertBounds(String least, @Nullable String end) {
    assertThat(directory.least()).isEqualTo(key(least));
    assertThat(directory.end()).isEqualTo(end == null ? null : key(end));
  }

  @Test
  void runsAddedAtAnEndFillTheirNodes() {
    for (int i = 0; i < 32 * 32; i++) {
      directory.insert(directory.size(), 1);
    }
    directory.save();
    assertThat(rows.rows).hasSizeLessThan(35);
    for (int i = 0; i < 32 * 32; i++) {
      directory.insert(0, 1);
    }
    directory.save();
    assertThat(rows.rows).hasSizeLessThan(70);
  }

  @Test
  void aChangeAtAnEndReadsNoMoreThanItsPath() {
    for (int i = 0; i < 20_000; i++) {
      directory.insert(directory.size(), 10);
    }
    reopen();
    rows.reads = 0;
    Run last = directory.last();
    if (last != null) {
      directory.add(last, 1);
    }
    directory.insert(directory.size(), 1);
    assertThat(rows.reads).isLessThanOrEqualTo(2);
  }

  @Test
  void anOldRunIsRefused() {
    Run run = directory.insert(0, 5);
    directory.insert(0, 3);
    assertThatThrownBy(() -> directory.add(run, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void runsStartBetweenRuns() {
    directory.insert(0, 5);
    assertThatThrownBy(() -> directory.insert(3, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> directory.insert(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSeparatorIsTheLeastStartThatIsGreater() {
    assertThat(separator("abc", "abd")).isEqualTo("abd");
    assertThat(separator("abc", "b")).isEqualTo("b");
    assertThat(separator("ab", "abcdef")).isEqualTo("abc");
    assertThat(separator("apple", "banana split")).isEqualTo("b");
    assertThatThrownBy(() -> separator("abc", "abc")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> separator("abc", "ab")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void damagedBytesAreRefused() {
    directory.insert(0, 5);
    byte[] saved = directory.save();
    byte[] unknown = saved.clone();
    unknown[0] = 0x40;
    byte[] cut = java.util.Arrays.copyOf(saved, saved.length - 1);
    assertThatThrownBy(() -> open(unknown)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> open(cut)).isInstanceOf(StorageException.class);
  }

  @Test
  void damagedSeparatorsAreRefused() {
    directory = Directory.create(rows, SPACE, Fanout.DEFAULT, Directory.Search.BY_INDEX_AND_KEY);
    directory.insert(0, 5, new byte[0]);
    directory.insert(5, 5, new byte[] {1, 2, 3});
    byte[] saved = directory.save();
    byte[] cut = java.util.Arrays.copyOf(saved, saved.length - 1);
    assertThatThrownBy(() -> open(cut)).isInstanceOf(StorageException.class);
  }

  @Test
  void anElementMoreIsCountedByItsKey() {
    directory = Directory.create(rows, SPACE, Fanout.DEFAULT, Directory.Search.BY_INDEX_AND_KEY);
    for (int i = 0; i < 100; i++) {
      directory.insert(directory.size(), 2, new byte[] {(byte) i});
    }
    reopen();
    directory.add(new byte[] {50, 7}, 1);
    directory.add(new byte[] {50, 8}, 1);
    assertThat(directory.add(new byte[] {50, 9}, 1).elements()).isEqualTo(5);
    reopen();
    assertThat(directory.at(100).count()).isEqualTo(5);
    assertThat(directory.size()).isEqualTo(203);
    assertThat(directory.add(new byte[] {50}, -5).elements()).isZero();
    assertThat(directory.at(100).count()).isEqualTo(2);
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void reopen() {
    directory = open(directory.save());
  }

  private Directory open(byte[] saved) {
    return Directory.open(rows, SPACE, Fanout.DEFAULT, Slice.of(saved));
  }

  private static String separator(String lastBefore, String first) {
    byte[] separator = Directory.separator(
        lastBefore.getBytes(StandardCharsets.US_ASCII), first.getBytes(StandardCharsets.US_ASCII));
    return new String(separator, StandardCharsets.US_ASCII);
  }
}
