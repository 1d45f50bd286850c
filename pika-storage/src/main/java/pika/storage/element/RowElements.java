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
 * Elements that are rows of one large value, see {@link HashRows}. The header of the value holds their number, which is
 * counted here. Changes are in the unit of work at once; the header is the caller's.
 */
public final class RowElements implements Elements {
  /** Elements that one page looks at, whatever it is asked for: the bound on how long others wait for it. */
  static final int MOST_IN_PAGE = 10_000;

  /** With fewer elements than this all of them are read for a draw. */
  private static final int FEW = 64;

  /** Where as many as one in so many are wanted, reading all of them takes less time than drawing each. */
  private static final int DRAWN_FROM_ALL = 32;

  /** Where fewer than one in so many are wanted, holding all of them takes too much memory. */
  private static final int HELD_FOR_EACH_DRAWN = 8;

  /** So many steps of a walk take less time than looking for one row. */
  private static final int STEPS_FOR_EACH = 8;

  private enum Age {
    /** Rows may be written ahead of the commit: nobody else knows of them yet. */
    NEW,
    OLD
  }

  private final Rows rows;
  private final Age age;
  private long size;

  private RowElements(Rows rows, Age age, long size) {
    this.rows = rows;
    this.age = age;
    this.size = size;
  }

  /** The elements of a value that is there, as many as its header says. */
  public static RowElements of(Rows rows, long size) {
    return new RowElements(rows, Age.OLD, size);
  }

  /** None yet, for a value that is being created: a great number takes little memory. */
  public static RowElements create(Rows rows) {
    return new RowElements(rows, Age.NEW, 0);
  }

  /** The rows they stand in. */
  public Rows rows() {
    return rows;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public @Nullable Slice get(byte[] name) {
    byte[] value = rows.get(HashRows.row(name));
    return value == null ? null : Slice.of(value);
  }

  @Override
  public @Nullable Slice put(byte[] name, byte[] value) {
    byte[] row = HashRows.row(name);
    byte[] before = rows.get(row);
    putRow(row, value);
    if (before != null) {
      return Slice.of(before);
    }
    size++;
    return null;
  }

  /** Adds an element that is known not to be there; asks nobody. */
  public void add(byte[] name, byte[] value) {
    putRow(HashRows.row(name), value);
    size++;
  }

  /** Gives an element that is known to be there another value; asks nobody. */
  public void replace(byte[] name, byte[] value) {
    putRow(HashRows.row(name), value);
  }

  /** Removes an element that is known to be there; asks nobody. */
  public void drop(byte[] name) {
    rows.delete(HashRows.row(name));
    size--;
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
    byte[] row = HashRows.row(name);
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
        // Names that share a position are on the same page: the next one starts behind it.
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
