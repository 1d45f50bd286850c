package pika.storage.sort;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WrongTypeException;
import pika.storage.list.Lists;
import pika.storage.set.SetLimits;
import pika.storage.set.Sets;
import pika.storage.zset.Entries;
import pika.storage.zset.Order;
import pika.storage.zset.Ranks;
import pika.storage.zset.SortedSet;
import pika.storage.zset.SortedSets;

/** All elements of whatever can be sorted, in the order they have. */
final class Source {
  private final Keyspace keyspace;
  private final TypeLimits limits;

  Source(Keyspace keyspace, TypeLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  /** Throws {@link WrongTypeException} where there is nothing to sort. */
  List<Slice> elements(byte[] userKey, KeyRecord record) {
    return switch (record.type()) {
      case LIST -> list(userKey);
      case SET -> set(userKey);
      case ZSET -> sortedSet(userKey);
      default -> throw new WrongTypeException();
    };
  }

  private List<Slice> list(byte[] userKey) {
    return requireNonNull(new Lists(keyspace, limits.lists()).find(userKey)).range(0, -1);
  }

  private List<Slice> set(byte[] userKey) {
    List<Slice> members = new ArrayList<>();
    SetLimits sets = new SetLimits(limits.sets(), limits.maxIntsetEntries());
    new Sets(keyspace, sets).members(userKey).forEach((member, nothing) -> members.add(member));
    return members;
  }

  private List<Slice> sortedSet(byte[] userKey) {
    SortedSet set = requireNonNull(new SortedSets(keyspace, limits.zsets()).find(userKey));
    List<Slice> members = new ArrayList<>();
    try (Entries entries = set.walk(new Ranks(0, set.size()), Order.ASCENDING)) {
      while (entries.next()) {
        members.add(entries.member());
      }
    }
    return members;
  }
}
