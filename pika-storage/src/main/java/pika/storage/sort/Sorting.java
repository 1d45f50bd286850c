package pika.storage.sort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.key.DataException;
import pika.storage.key.DataException.Problem;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WrongTypeException;
import pika.storage.list.End;
import pika.storage.list.Lists;
import pika.storage.sort.SortOrder.Weight;

/**
 * Sorts the value under a key. Takes memory proportional to the number of elements, and a lookup
 * for each of them if the order or the result depends on other keys. Confined to the thread of its
 * unit of work, which must be one that may wait for the disk.
 */
public final class Sorting {
  private final Keyspace keyspace;
  private final TypeLimits limits;
  private final ToDoubleFunction<byte[]> number;

  /** Creates the view; {@code number} parses a weight, and returns NaN if it is invalid. */
  public Sorting(Keyspace keyspace, TypeLimits limits, ToDoubleFunction<byte[]> number) {
    this.keyspace = keyspace;
    this.limits = limits;
    this.number = number;
  }

  /**
   * A part of the sorted elements: {@code count} from {@code offset} on, or all if it is negative.
   */
  public record Part(long offset, long count) {
    /** All elements. */
    public static final Part ALL = new Part(0, -1);

    /** Returns where it starts, given the number of elements. */
    long from(long size) {
      return Math.max(0, Math.min(offset, size));
    }

    /** Returns where it ends, given the number of elements. */
    long to(long size) {
      long most = size - from(size);
      return from(size) + (count < 0 ? most : Math.min(count, most));
    }

    private <T> List<T> of(List<T> all) {
      return all.subList((int) from(all.size()), (int) to(all.size()));
    }
  }

  /**
   * Returns the elements under a key in an order, or for each of them the values of the patterns;
   * none when the key doesn't exist.
   *
   * @param gets what to return for each element; the element itself when empty
   * @throws WrongTypeException if the key holds neither a list nor a set nor a sorted set
   * @throws DataException if a weight should be a number and isn't
   */
  public List<@Nullable Slice> sort(
      byte[] userKey, SortOrder order, Part part, List<Pattern> gets) {
    KeyRecord record = keyspace.get(userKey);
    return record == null ? List.of() : sort(userKey, record, order, part, gets);
  }

  /** The same, except that elements of a set come in an order that doesn't depend on how the set is kept. */
  public List<@Nullable Slice> sortAlways(
      byte[] userKey, SortOrder order, Part part, List<Pattern> gets) {
    KeyRecord record = keyspace.get(userKey);
    // A set has no order that anybody could rely on.
    boolean mustOrder = record != null && record.type() == DataType.SET && order.leavesAsTheyAre();
    return record == null
        ? List.of()
        : sort(userKey, record, mustOrder ? order.byElements() : order, part, gets);
  }

  /**
   * Stores the result as a list under a key, whatever was there, with empty elements for missing
   * values; an empty result deletes the key. Returns its length.
   */
  public long sortInto(
      byte[] target, byte[] userKey, SortOrder order, Part part, List<Pattern> gets) {
    List<@Nullable Slice> sorted = sortAlways(userKey, order, part, gets);
    keyspace.delete(target);
    if (!sorted.isEmpty()) {
      List<Slice> elements = new ArrayList<>(sorted.size());
      sorted.forEach(value -> elements.add(value == null ? Slice.empty() : value));
      new Lists(keyspace, limits.lists()).push(target, End.TAIL, elements);
    }
    return sorted.size();
  }

  private List<@Nullable Slice> sort(
      byte[] userKey, KeyRecord record, SortOrder order, Part part, List<Pattern> gets) {
    Source source = new Source(keyspace, limits);
    List<Slice> wanted = order.leavesAsTheyAre()
        ? source.elements(userKey, record, order.direction(), part)
        : part.of(ordered(source.elements(userKey, record), order));
    if (gets.isEmpty()) {
      return new ArrayList<>(wanted);
    }
    List<List<@Nullable Slice>> columns = new ArrayList<>(gets.size());
    List<Miss> misses = new ArrayList<>();
    for (int i = 0; i < gets.size(); i++) {
      int column = i;
      columns.add(new Values(keyspace, limits)
          .of(wanted, gets.get(i), (row, key) -> misses.add(new Miss(row, column, key))));
    }
    misses.sort(Comparator.comparingInt(Miss::row).thenComparingInt(Miss::column));
    misses.forEach(miss -> keyspace.unit().tellMiss(miss.key));
    List<@Nullable Slice> rows = new ArrayList<>(wanted.size() * gets.size());
    for (int i = 0; i < wanted.size(); i++) {
      for (List<@Nullable Slice> column : columns) {
        rows.add(column.get(i));
      }
    }
    return rows;
  }

  /** A missing key: reported element by element, though looked up pattern by pattern. */
  private record Miss(int row, int column, byte[] key) {}

  private List<Slice> ordered(List<Slice> elements, SortOrder order) {
    return order.weight() == Weight.NUMBER ? byNumber(elements, order) : byBytes(elements, order);
  }

  private record Numbered(Slice element, double weight) {}

  /** Sorts by number; equal weights are sorted by the elements' bytes. */
  private List<Slice> byNumber(List<Slice> elements, SortOrder order) {
    List<@Nullable Slice> weights = weights(elements, order);
    List<Numbered> numbered = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Slice weight = weights.get(i);
      numbered.add(new Numbered(elements.get(i), weight == null ? 0 : number(weight)));
    }
    // Not Double.compare, which distinguishes the two zeros.
    Comparator<Numbered> ascending = (a, b) ->
        a.weight < b.weight ? -1 : a.weight > b.weight ? 1 : compare(a.element, b.element);
    numbered.sort(order.isDescending() ? ascending.reversed() : ascending);
    return numbered.stream().map(Numbered::element).toList();
  }

  private double number(Slice weight) {
    double value = number.applyAsDouble(weight.toByteArray());
    if (Double.isNaN(value)) {
      throw new DataException(Problem.WEIGHT_NOT_A_FLOAT);
    }
    return value;
  }

  private record Weighed(Slice element, @Nullable Slice weight) {}

  /** Sorts by bytes; elements without a weight come first, equal weights keep their order. */
  private List<Slice> byBytes(List<Slice> elements, SortOrder order) {
    List<@Nullable Slice> weights = weights(elements, order);
    List<Weighed> weighed = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      weighed.add(new Weighed(elements.get(i), weights.get(i)));
    }
    Comparator<Weighed> ascending =
        Comparator.comparing(Weighed::weight, Comparator.nullsFirst(Sorting::compare));
    weighed.sort(order.isDescending() ? ascending.reversed() : ascending);
    return weighed.stream().map(Weighed::element).toList();
  }

  private List<@Nullable Slice> weights(List<Slice> elements, SortOrder order) {
    return order.by() == null
        ? new ArrayList<>(elements)
        : new Values(keyspace, limits)
            .of(elements, order.by(), (element, key) -> keyspace.unit().tellMiss(key));
  }

  private static int compare(Slice a, Slice b) {
    return Arrays.compareUnsigned(
        a.array(),
        a.offset(),
        a.offset() + a.length(),
        b.array(),
        b.offset(),
        b.offset() + b.length());
  }
}
