package pika.storage.sort;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.element.Elements;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WrongTypeException;
import pika.storage.list.ListValue;
import pika.storage.list.Lists;
import pika.storage.set.Sets;
import pika.storage.sort.SortOrder.Direction;
import pika.storage.sort.Sorting.Part;
import pika.storage.zset.Entries;
import pika.storage.zset.Order;
import pika.storage.zset.Ranks;
import pika.storage.zset.SortedSet;
import pika.storage.zset.SortedSets;

/** Reads the elements of anything that can be sorted, in their existing order. */
final class Source {
  private final Keyspace keyspace;
  private final TypeLimits limits;

  Source(Keyspace keyspace, TypeLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  /** Returns all of them; throws {@link WrongTypeException} if the value can't be sorted. */
  List<Slice> elements(byte[] userKey, KeyRecord record) {
    return elements(userKey, record, Direction.ASCENDING, Part.ALL);
  }

  /**
   * Returns a part of them in their existing order; a set has no direction. Reads little more than
   * the part.
   */
  List<Slice> elements(byte[] userKey, KeyRecord record, Direction direction, Part part) {
    return switch (record.type()) {
      case LIST -> list(userKey, direction, part);
      case SET -> set(userKey, part);
      case ZSET -> sortedSet(userKey, direction, part);
      default -> throw new WrongTypeException();
    };
  }

  private List<Slice> list(byte[] userKey, Direction direction, Part part) {
    ListValue list = requireNonNull(new Lists(keyspace, limits.lists()).find(userKey));
    long size = list.size();
    long from = part.from(size);
    long to = part.to(size);
    if (from == to) {
      return List.of();
    }
    if (direction == Direction.ASCENDING) {
      return list.range(from, to - 1);
    }
    List<Slice> reversed = new ArrayList<>(list.range(size - to, size - from - 1));
    Collections.reverse(reversed);
    return reversed;
  }

  private List<Slice> set(byte[] userKey, Part part) {
    Elements all = new Sets(keyspace, limits.sets()).members(userKey);
    long from = part.from(all.size());
    long to = part.to(all.size());
    List<Slice> members = new ArrayList<>();
    if (to > 0) {
      all.forEach((member, nothing) -> {
        members.add(member);
        return members.size() < to;
      });
    }
    return members.subList((int) from, members.size());
  }

  private List<Slice> sortedSet(byte[] userKey, Direction direction, Part part) {
    SortedSet set = requireNonNull(new SortedSets(keyspace, limits.zsets()).find(userKey));
    Order order = direction == Direction.ASCENDING ? Order.ASCENDING : Order.DESCENDING;
    long size = set.size();
    Ranks ranks = new Ranks(0, size).limited(part.from(size), part.count(), order);
    List<Slice> members = new ArrayList<>();
    try (Entries entries = set.walk(ranks, order)) {
      while (entries.next()) {
        members.add(entries.member());
      }
    }
    return members;
  }
}
