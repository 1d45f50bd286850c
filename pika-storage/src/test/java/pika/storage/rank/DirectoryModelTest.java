package pika.storage.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pika.storage.Seeds;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.Slice;

/**
 * Random changes of a directory whose nodes are so small that they split and join all the time,
 * against a plain list of runs. The keys are numbers, so that there is always one between two
 * others.
 */
class DirectoryModelTest {
  private static final int SPACE = 2;
  private static final int STEPS = 4000;
  private static final long GAP = 1L << 40;
  private static final Fanout[] FANOUTS = {
    new Fanout(2, 4), new Fanout(3, 5), new Fanout(8, 4), new Fanout(4, 16), Fanout.DEFAULT
  };

  /** A run as the model knows it; keys from {@code from} on belong to it. */
  private record Plain(long id, long count, long from) {}

  private final MapOfRows rows = new MapOfRows();
  private final List<Plain> model = new ArrayList<>();
  private Random random = new Random();
  private Directory.Search search = Directory.Search.BY_INDEX;
  private Directory directory = Directory.create(rows, SPACE, Fanout.DEFAULT, search);

  @Test
  void directoryOfCountsIsWhatAListOfRunsIs() throws Exception {
    play(Directory.Search.BY_INDEX);
  }

  @Test
  void directoryOfKeysIsWhatAListOfRunsIs() throws Exception {
    play(Directory.Search.BY_INDEX_AND_KEY);
  }

  private void play(Directory.Search kind) throws Exception {
    Seeds.run(seeded -> {
      random = seeded;
      search = kind;
      directory = Directory.create(rows, SPACE, Fanout.DEFAULT, search);
      for (int step = 0; step < STEPS; step++) {
        change(step);
        checkOne();
        if (random.nextInt(20) == 0) {
          reopen();
        }
        if (random.nextInt(100) == 0) {
          checkAll();
        }
      }
      while (!model.isEmpty()) {
        remove(random.nextInt(model.size()));
      }
      reopen();
      assertThat(directory.size()).isZero();
      assertThat(rows.rows).isEmpty();
    });
  }

  /** Growing and shrinking take turns, so that the tree gets all heights. */
  private void change(int step) {
    int growth = step / 500 % 2 == 0 ? 70 : 35;
    if (model.isEmpty() || random.nextInt(100) < growth) {
      grow();
    } else {
      shrink();
    }
  }

  private void grow() {
    int at = model.isEmpty() ? 0 : random.nextInt(model.size());
    switch (random.nextInt(model.isEmpty() ? 1 : 5)) {
      case 0 -> insert(model.size(), lastKey() + GAP);
      case 1 -> split(at);
      case 2 -> insert(at + 1, middle(at));
      case 3 -> insertFirst();
      default -> add(at, 1 + random.nextInt(5));
    }
  }

  private void shrink() {
    // At an end now and then: that is where lists lose their elements.
    int at = random.nextBoolean()
        ? random.nextInt(model.size())
        : random.nextInt(2) * (model.size() - 1);
    switch (random.nextInt(3)) {
      case 0 -> remove(at);
      case 1 -> join(at);
      default -> add(at, -1 - random.nextInt((int) model.get(at).count));
    }
  }

  /**
   * In a directory of keys the first run can only be divided: all keys below the second run's
   * belong to it.
   */
  private void insertFirst() {
    if (search == Directory.Search.BY_INDEX) {
      insert(0, 0);
    }
  }

  private void insert(int at, long from) {
    if (at > 0 && from == model.get(at - 1).from && isKeyed()) {
      return;
    }
    int count = 1 + random.nextInt(10);
    Run run = directory.insert(start(at), count, separator(from));
    model.add(at, new Plain(run.id(), count, from));
  }

  private void split(int at) {
    Plain run = model.get(at);
    long from = middle(at);
    if (run.count == 1 || (from == run.from && isKeyed())) {
      return;
    }
    long kept = 1L + random.nextInt((int) run.count - 1);
    Run rest = directory.split(directory.at(start(at)), kept, separator(from));
    assertThat(rest.start()).isEqualTo(start(at) + kept);
    model.set(at, new Plain(run.id, kept, run.from));
    model.add(at + 1, new Plain(rest.id(), run.count - kept, from));
  }

  private void join(int at) {
    if (at + 1 == model.size()) {
      return;
    }
    Plain run = model.get(at);
    Run joined = directory.join(directory.at(start(at)));
    model.set(at, new Plain(run.id, run.count + model.remove(at + 1).count, run.from));
    assertSame(joined, directory.at(start(at)));
  }

  private void add(int at, int delta) {
    Plain run = model.get(at);
    directory.add(directory.at(start(at) + random.nextInt((int) run.count)), delta);
    if (run.count + delta == 0) {
      model.remove(at);
    } else {
      model.set(at, new Plain(run.id, run.count + delta, run.from));
    }
  }

  private void remove(int at) {
    add(at, (int) -model.get(at).count);
  }

  private void reopen() {
    byte[] saved = directory.save();
    assertThat(Directory.sizeOf(Slice.of(saved))).isEqualTo(directory.size());
    Fanout fanout = FANOUTS[random.nextInt(FANOUTS.length)];
    directory = Directory.open(rows, SPACE, fanout, Slice.of(saved));
  }

  private void checkOne() {
    assertThat(directory.size()).isEqualTo(start(model.size()));
    if (!model.isEmpty()) {
      check(random.nextInt(model.size()));
    }
  }

  private void checkAll() {
    int at = 0;
    for (Run run = directory.first(); run != null; run = directory.next(run)) {
      assertThat(run.id()).isEqualTo(model.get(at).id);
      check(at++);
    }
    assertThat(at).isEqualTo(model.size());
  }

  private void check(int at) {
    Plain plain = model.get(at);
    Run run = directory.at(start(at) + plain.count - 1);
    assertThat(run.id()).isEqualTo(plain.id);
    assertThat(run.start()).isEqualTo(start(at));
    assertThat(run.count()).isEqualTo(plain.count);
    if (isKeyed()) {
      assertSame(directory.of(key(at == 0 ? 0 : plain.from)), run);
      assertSame(directory.of(key(middle(at))), run);
    }
    Run next = directory.next(run);
    Run previous = directory.previous(run);
    assertThat(next == null ? -1 : next.id())
        .isEqualTo(at + 1 == model.size() ? -1 : model.get(at + 1).id);
    assertThat(previous == null ? -1 : previous.id())
        .isEqualTo(at == 0 ? -1 : model.get(at - 1).id);
  }

  private static void assertSame(@Nullable Run run, Run expected) {
    assertThat(run).usingRecursiveComparison().isEqualTo(expected);
  }

  private long start(int at) {
    return model.subList(0, at).stream().mapToLong(Plain::count).sum();
  }

  private long lastKey() {
    return model.isEmpty() ? 0 : model.get(model.size() - 1).from;
  }

  /** A key between those of a run's start and of its end. */
  private long middle(int at) {
    long from = model.get(at).from;
    long to = at + 1 == model.size() ? from + GAP : model.get(at + 1).from;
    return from + (to - from) / 2;
  }

  private boolean isKeyed() {
    return search == Directory.Search.BY_INDEX_AND_KEY;
  }

  private byte[] separator(long from) {
    return isKeyed() ? key(from) : new byte[0];
  }

  private static byte[] key(long number) {
    byte[] key = new byte[Long.BYTES];
    BigEndian.putLong(key, 0, number);
    return key;
  }
}
