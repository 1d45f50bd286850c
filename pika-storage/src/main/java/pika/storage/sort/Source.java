package pika.storage.sort;

import static java.util.Objects.requireNonNull;

import java.util.List;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WrongTypeException;
import pika.storage.list.Lists;

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
      default -> throw new WrongTypeException();
    };
  }

  private List<Slice> list(byte[] userKey) {
    return requireNonNull(new Lists(keyspace, limits.lists()).find(userKey)).range(0, -1);
  }
}
