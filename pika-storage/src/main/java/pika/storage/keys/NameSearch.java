package pika.storage.keys;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Glob;
import pika.storage.bytes.NameRange;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.KeyWalk;
import pika.storage.key.Keyspace;

/**
 * Searches the keys of one database in name order. Like {@link KeySearch} it reads committed data,
 * and its unit must be one that may wait for the disk. Confined to the thread of its unit.
 */
public final class NameSearch {
  /** Maximum number of keys per page, whatever their types and whatever the caller asks for. */
  private static final int MOST_LOOKED_AT = 10_000;

  /** Keys whose deadlines are looked up together. */
  private static final int BATCH = 256;

  private final Keyspace keyspace;

  /**
   * Creates the search in one database, whose keys must be
   * {@linkplain Keyspace#isOrderedByName in name order}.
   */
  public NameSearch(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  /**
   * One page of a search.
   *
   * @param next the first name of the next page, null when there is none
   */
  public record Page(List<byte[]> keys, byte @Nullable [] next) {}

  /** Returns those of the next {@code limit} keys of a type in a range whose names match. */
  public Page page(NameRange range, Glob pattern, DataType type, long limit) {
    List<byte[]> keys = new ArrayList<>();
    byte[] next = null;
    try (KeyWalk walk = keyspace.walkByName(range)) {
      long looks = 0;
      long left = limit;
      while (walk.valid() && left > 0 && looks < MOST_LOOKED_AT) {
        List<byte[]> batch = new ArrayList<>();
        for (;
            walk.valid() && batch.size() < Math.min(left, BATCH) && looks < MOST_LOOKED_AT;
            looks++) {
          if (walk.type() == type) {
            batch.add(walk.userKey());
          }
          walk.next();
        }
        for (byte[] live : live(batch)) {
          left--;
          if (pattern.matches(live)) {
            keys.add(live);
          }
        }
      }
      while (walk.valid() && walk.type() != type && looks < MOST_LOOKED_AT) {
        walk.next();
        looks++;
      }
      next = walk.valid() ? walk.userKey() : null;
    }
    return new Page(keys, next);
  }

  private List<byte[]> live(List<byte[]> userKeys) {
    if (userKeys.isEmpty() || !keyspace.mayHoldExpired()) {
      return userKeys;
    }
    List<@Nullable KeyRecord> records = keyspace.peekAll(userKeys);
    List<byte[]> live = new ArrayList<>(userKeys.size());
    for (int i = 0; i < userKeys.size(); i++) {
      if (records.get(i) != null) {
        live.add(userKeys.get(i));
      }
    }
    return live;
  }
}
