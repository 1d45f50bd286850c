package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.bytes.KeyRange;
import pika.storage.bytes.Slice;

class RowImagesTest {
  private static final byte[] KEY = bytes("key");
  private static final int CACHE_BYTES = 2 << 20;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private TestEngine engine;

  @BeforeEach
  void open() {
    engine = TestEngine.in(directory, CACHE_BYTES, changes -> {});
    create("a", "b", "c");
  }

  @AfterEach
  void close() {
    engine.audit();
    engine.close();
  }

  @Test
  void theSecondLookRemembersAllRows() {
    assertThat(image()).isEmpty();
    assertThat(image()).containsExactly("a=1", "b=1", "c=1");
    assertThat(image()).containsExactly("a=1", "b=1", "c=1");
  }

  @Test
  void aChangeOfARowIsAReasonToForget() {
    lookTwice();
    engine.run(keyspace -> rows(keyspace).put(bytes("b"), bytes("2")));
    assertThat(image()).isEmpty();
    assertThat(image()).containsExactly("a=1", "b=2", "c=1");
    engine.run(keyspace -> rows(keyspace).delete(bytes("a")));
    lookTwice();
    assertThat(image()).containsExactly("b=2", "c=1");
  }

  @Test
  void whatReplacesAValueHasNothingOfIt() {
    lookTwice();
    create("x");
    lookTwice();
    assertThat(image()).containsExactly("x=1");
  }

  @Test
  void whoHoldsLocksWalks() {
    lookTwice();
    engine.run(keyspace -> {
      rows(keyspace).put(bytes("b"), bytes("2"));
      assertThat(rows(keyspace).image(KeyRange.all())).isNull();
    });
  }

  @Test
  void underAnotherNameItIsReadAnew() {
    lookTwice();
    byte[] other = bytes("other");
    engine.run(keyspace -> keyspace.rename(KEY, other));
    engine.run(keyspace -> rows(keyspace, other).put(bytes("b"), bytes("2")));
    engine.run(keyspace -> keyspace.rename(other, KEY));
    lookTwice();
    assertThat(image()).containsExactly("a=1", "b=2", "c=1");
  }

  @Test
  void whatIsTooLargeIsNotRemembered() {
    engine.run(keyspace -> rows(keyspace).put(bytes("d"), new byte[CACHE_BYTES]));
    lookTwice();
    assertThat(image()).isEmpty();
  }

  @Test
  void rowsOfAnyLengthKeepTheirBytes() {
    Random random = new Random(1);
    List<String> expected = new ArrayList<>(List.of("a=1", "b=1", "c=1"));
    engine.run(keyspace -> {
      for (int i = 100; i < 120; i++) {
        String value = "v".repeat(random.nextInt(4000));
        rows(keyspace).put(bytes("d" + i), bytes(value));
        expected.add("d" + i + "=" + value);
      }
    });
    lookTwice();
    assertThat(image()).isEqualTo(expected);
  }

  /** Two rows always have the same value: an image that mixes two moments would show it. */
  @Test
  void whileOthersWriteImagesShowOneMoment() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Thread writer = new Thread(() -> {
      for (int i = 2; !over.get(); i++) {
        byte[] value = bytes(Integer.toString(i));
        engine.run(keyspace -> {
          rows(keyspace).put(bytes("a"), value);
          rows(keyspace).put(bytes("c"), value);
        });
      }
    });
    writer.start();
    int last = -1;
    for (long end = System.nanoTime() + 500_000_000L; System.nanoTime() < end; ) {
      List<String> image = image();
      if (image.isEmpty()) {
        continue;
      }
      String value = image.get(0).substring(2);
      assertThat(image.get(2)).isEqualTo("c=" + value);
      assertThat(Integer.parseInt(value)).isGreaterThanOrEqualTo(last);
      last = Integer.parseInt(value);
    }
    over.set(true);
    writer.join();
    lookTwice();
    assertThat(image()).hasSize(3);
  }

  private void create(String... names) {
    engine.run(keyspace -> {
      Rows rows = keyspace.newRows(KEY);
      for (String name : names) {
        rows.put(bytes(name), bytes("1"));
      }
      keyspace.put(KEY, rows.header(DataType.HASH, 1, KeyRecord.NEVER, new byte[8]));
    });
  }

  private void lookTwice() {
    image();
    image();
  }

  /** Returns what a command without locks finds cached; nothing when it has to iterate. */
  private List<String> image() {
    List<String> found = new ArrayList<>();
    engine.look(keyspace -> {
      RowImage image = rows(keyspace).image(KeyRange.all());
      if (image == null) {
        return;
      }
      RowImage.Walk walk = image.walk();
      while (walk.next()) {
        found.add(text(walk.name()) + "=" + text(walk.value()));
      }
      assertThat(found).hasSize(image.count());
    });
    return found;
  }

  private static Rows rows(Keyspace keyspace) {
    return rows(keyspace, KEY);
  }

  private static Rows rows(Keyspace keyspace, byte[] userKey) {
    KeyRecord record = keyspace.get(userKey);
    if (record == null) {
      throw new AssertionError("the value is gone");
    }
    return keyspace.rows(userKey, record);
  }

  private static String text(Slice slice) {
    return TestEngine.text(slice.toByteArray());
  }
}
