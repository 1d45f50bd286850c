package pika.storage.sort;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.hash.Hashes;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.string.Strings;

/** Looks up the values of patterns for elements. Confined to the thread of its unit of work. */
final class Values {
  /** Keys that are looked up together. */
  private static final int BATCH = 256;

  private final Keyspace keyspace;
  private final TypeLimits limits;

  Values(Keyspace keyspace, TypeLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  /** Receives keys that do not exist. */
  @FunctionalInterface
  interface Misses {
    /** Receives the missing key of the element at this index. */
    void add(int element, byte[] key);
  }

  /** Returns the value for each element, null where there is none or one of another type. */
  List<@Nullable Slice> of(List<Slice> elements, Pattern pattern, Misses misses) {
    List<@Nullable Slice> values = new ArrayList<>(elements.size());
    for (int from = 0; from < elements.size(); from += BATCH) {
      List<Slice> batch = elements.subList(from, Math.min(elements.size(), from + BATCH));
      if (pattern.hasKeys()) {
        int first = from;
        values.addAll(underKeys(batch, pattern, (i, key) -> misses.add(first + i, key)));
      } else {
        batch.forEach(element -> values.add(pattern.isElement() ? element : null));
      }
    }
    return values;
  }

  private List<@Nullable Slice> underKeys(List<Slice> elements, Pattern pattern, Misses misses) {
    List<byte[]> keys = elements.stream().map(pattern::key).toList();
    keyspace.unit().prefetch(keyspace.number(), keys);
    List<@Nullable Slice> values = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      Slice value = underKey(keys.get(i), pattern.field());
      values.add(value);
      if (value == null && keyspace.header(keys.get(i)) == null) {
        misses.add(i, keys.get(i));
      }
    }
    return values;
  }

  private @Nullable Slice underKey(byte[] key, byte @Nullable [] field) {
    if (field == null) {
      return new Strings(keyspace, limits.strings()).getIfString(key);
    }
    KeyRecord record = keyspace.look(key);
    boolean isHash = record != null && record.type() == DataType.HASH;
    return isHash ? new Hashes(keyspace, limits.hashes()).get(key, field) : null;
  }
}
