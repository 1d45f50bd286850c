package pika.storage.element;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.bytes.Slice;
import pika.storage.key.RowImage;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * Elements stored as rows of one large value, see {@link HashRows}. The value's header holds their
 * number, which is tracked here. Changes go to the unit of work immediately; the header is written
 * by the caller.
 */
public final class RowElements implements Elements {
  /**
   * Maximum number of elements per page, whatever the caller asks for: bounds how long others wait.
   */
  static final int MOST_IN_PAGE = 10_000;

  /** Up to this size, sampling reads all elements. */
  private static final int FEW = 64;

  /**
   * When more than one in this many elements is wanted, reading all is faster than drawing each.
   */
  private static final int DRAWN_FROM_ALL = 32;

  /**
   * When fewer than one in this many elements is wanted, holding all of them takes too much memory.
   */
  private static final int HELD_FOR_EACH_DRAWN = 8;

  /** A lookup of one row takes longer than this many cursor steps. */
  private static final int STEPS_FOR_EACH = 8;

  private static final byte[] NO_ROW = new byte[0];

  private enum Age {
    /** Rows may be written ahead of the commit: nobody else knows of them yet. */
    NEW,
    OLD
  }

  private final Rows rows;
  private final Age age;
  private long size;
  /** The element asked for last, which mostly is the one that is then changed; null before. */
  private byte @Nullable [] lastName;

  private byte[] lastRow = NO_ROW;

  private RowElements(Rows rows, Age age, long size) {
    this.rows = rows;
    this.age = age;
    this.size = size;
  }

  /** Returns the elements of an existing value, as many as its header says. */
  public static RowElements of(Rows rows, long size) {
    return new RowElements(rows, Age.OLD, size);
  }

  /**
   * Returns an empty collection for a value that is being created; even a large number of elements
   * takes little memory.
   */
  public static RowElements create(Rows rows) {
    return new RowElements(rows, Age.NEW, 0);
  }

  /** Warms the elements with these names, see {@link Rows#warm}. */
  public static void warm(Rows rows, List<byte[]> names) {
    List<byte[]> rowNames = new ArrayList<>(names.size());
    names.forEach(name -> rowNames.add(HashRows.row(name)));
    rows.warm(rowNames);
  }

  /** Returns the underlying rows. */
  public Rows rows() {
    return rows;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public @Nullable Slice get(byte[] name) {
    byte[] value = rows.get(row(name));
    return value == null ? null : Slice.of(value);
  }

  @Override
  public @Nullable Slice put(byte[] name, byte[] value) {
    byte[] row = row(name);
    byte[] before = rows.get(row);
    putRow(row, value);
    if (before != null) {
      return Slice.of(before);
    }
    size++;
    return null;
  }

  /** Adds an element that is known to be absent, without looking. */
  public void add(byte[] name, byte[] value) {
    putRow(row(name), value);
    size++;
  }

  /** Replaces the value of an element that is known to exist, without looking. */
  public void replace(byte[] name, byte[] value) {
    putRow(row(name), value);
  }

  /** Removes an element that is known to exist, without looking. */
  public void drop(byte[] name) {
    rows.delete(row(name));
    size--;
  }

  private byte[] row(byte[] name) {
    if (name != lastName) {
      lastRow = HashRows.row(name);
      lastName = name;
    }
    return lastRow;
  }

  private void putRow(byte[] row, byte[] value) {
    if (age == Age.NEW) {
      rows.putNew(row, value);
    } else {
      rows.put(row, value);
    }
  }

  @Override
  public @Nullable Slice remove(byte[] name) {
    byte[] row = row(name);
    byte[] before = rows.get(row);
    if (before == null) {
      return null;
    }
    rows.delete(row);
    size--;
    return Slice.of(before);
  }

  @Override
  public void forEach(ElementVisitor visitor) {
    RowImage image = rows.image(HashRows.all());
    if (image == null) {
      show(walkAll(), visitor);
    } else {
      show(image, visitor);
    }
  }

  @Override
  public Probe probe(Elements asked) {
    boolean isDense = asked instanceof RowElements && size / STEPS_FOR_EACH <= asked.size();
    return isDense ? new RowProbe(rows, walkAll()) : Elements.super.probe(asked);
  }

  private Cursor walkAll() {
    return rows.walk(HashRows.all(), Cursor.Direction.FORWARD);
  }

  private static void show(RowImage image, ElementVisitor visitor) {
    RowImage.Walk walk = image.walk();
    boolean more = true;
    while (more && walk.next()) {
      more = visitor.visit(HashRows.name(walk.name()), walk.value());
    }
  }

  private void show(Cursor opened, ElementVisitor visitor) {
    int offset = rows.nameOffset();
    try (Cursor cursor = opened) {
      for (; cursor.valid(); cursor.next()) {
        if (!visitor.visit(HashRows.name(cursor.key(), offset), Slice.of(cursor.value()))) {
          return;
        }
      }
    }
  }

  @Override
  public long page(long position, long count, ElementVisitor visitor) {
    if (position < START || position >= HashRows.POSITIONS) {
      return START;
    }
    long limit = Math.min(count, MOST_IN_PAGE);
    KeyRange range = HashRows.range(position, HashRows.POSITIONS);
    int offset = rows.nameOffset();
    long last = position;
    try (Cursor cursor = rows.walk(range, Cursor.Direction.FORWARD)) {
      for (long shown = 0; cursor.valid(); cursor.next(), shown++) {
        byte[] key = cursor.key();
        long here = HashRows.position(key, offset);
        // Names that share a position go on the same page: the next one starts after it.
        if (shown >= limit && here != last) {
          return here;
        }
        visitor.visit(HashRows.name(key, offset), Slice.of(cursor.value()));
        last = here;
      }
    }
    return START;
  }

  // ---- draws

  @Override
  public @Nullable Element draw(ElementFilter filter, RandomGenerator random) {
    if (size <= FEW) {
      return Draws.one(this, filter, random);
    }
    try (WindowDraw draw =
        draws(rows.walkFew(HashRows.all(), Cursor.Direction.FORWARD), filter, random)) {
      return draw.draw(this);
    }
  }

  private WindowDraw draws(Cursor cursor, ElementFilter filter, RandomGenerator random) {
    return new WindowDraw(size, new RowWalk(rows, cursor), filter, random);
  }

  @Override
  public List<Element> drawDistinct(long count, ElementFilter filter, RandomGenerator random) {
    if (size <= FEW || count >= size / DRAWN_FROM_ALL) {
      return Draws.distinct(this, count, filter, random);
    }
    List<Element> drawn = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (WindowDraw draw = draws(walkAll(), filter, random)) {
      for (long misses = 0; drawn.size() < count; ) {
        List<Element> some = draw.some(count - drawn.size());
        if (some.isEmpty() || misses > count + FEW) {
          return Draws.distinct(this, count, filter, random);
        }
        for (int i = 0; i < some.size() && drawn.size() < count; i++) {
          if (names.add(text(some.get(i).name()))) {
            drawn.add(some.get(i));
          } else {
            misses++;
          }
        }
      }
    }
    return drawn;
  }

  @Override
  public List<Element> drawRepeatedly(int count, ElementFilter filter, RandomGenerator random) {
    if (size <= FEW || count >= size / HELD_FOR_EACH_DRAWN) {
      return Draws.repeatedly(this, count, filter, random);
    }
    List<Element> drawn = new ArrayList<>();
    try (WindowDraw draw = draws(walkAll(), filter, random)) {
      while (drawn.size() < count) {
        List<Element> some = draw.some(count - drawn.size());
        if (some.isEmpty()) {
          return Draws.repeatedly(this, count, filter, random);
        }
        drawn.addAll(some.subList(0, Math.min(some.size(), count - drawn.size())));
      }
    }
    return drawn;
  }

  private static String text(Slice name) {
    return new String(name.array(), name.offset(), name.length(), StandardCharsets.ISO_8859_1);
  }
}
