package pika.storage.key;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A model of the store: plain maps, used only under the store's own locks. */
final class Model {
  /**
   * The value of one key.
   *
   * @param rows the rows of a large value, null for a plain one
   */
  record Value(String text, long expireAtMs, @Nullable Map<String, String> rows) {
    boolean isLive(long nowMs) {
      return expireAtMs == KeyRecord.NEVER || expireAtMs > nowMs;
    }

    Value withExpiry(long newExpireAtMs) {
      return new Value(text, newExpireAtMs, rows);
    }

    /** Returns a value whose header is a digest of its rows, so that a torn read is detected. */
    static Value ofRows(Map<String, String> rows, long expireAtMs) {
      Map<String, String> own = new TreeMap<>(rows);
      return new Value(Integer.toHexString(own.hashCode()), expireAtMs, own);
    }
  }

  /** The location of a value. */
  record Place(int database, String key) {}

  private final List<Map<String, Value>> databases;

  Model(int databases) {
    this.databases = new java.util.ArrayList<>(
        IntStream.range(0, databases).mapToObj(i -> newDatabase()).toList());
  }

  @Nullable
  Value get(Place place) {
    return databases.get(place.database()).get(place.key());
  }

  void put(Place place, @Nullable Value value) {
    Map<String, Value> database = databases.get(place.database());
    if (value == null) {
      database.remove(place.key());
    } else {
      database.put(place.key(), value);
    }
  }

  void flush(int database) {
    databases.set(database, newDatabase());
  }

  void swap(int one, int other) {
    Map<String, Value> swapped = databases.get(one);
    databases.set(one, databases.get(other));
    databases.set(other, swapped);
  }

  /** Returns what a reader should find in a database at {@code nowMs}. */
  Map<String, Value> live(int database, long nowMs) {
    Map<String, Value> live = new TreeMap<>(databases.get(database));
    live.values().removeIf(value -> !value.isLive(nowMs));
    return live;
  }

  private static Map<String, Value> newDatabase() {
    return new ConcurrentHashMap<>();
  }
}
