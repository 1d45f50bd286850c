package pika.storage.keys;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pika.storage.hash.HashEncoding;
import pika.storage.key.DataType;
import pika.storage.key.ExpireCondition;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.Rows;
import pika.storage.list.ListEncoding;
import pika.storage.rocks.Cursor;
import pika.storage.set.SetEncoding;
import pika.storage.stream.Streams;
import pika.storage.string.StringEncoding;
import pika.storage.zset.SortedSetEncoding;

/**
 * The keys of one database inside one unit of work, whatever their type. Confined to the thread of
 * its unit.
 */
public final class Keys {
  /** The {@link #deadline} of a key that doesn't exist. */
  public static final long ABSENT = -2;

  private final Keyspace keyspace;

  /** Creates the view. */
  public Keys(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  /** Returns whether a key exists. */
  public boolean exists(byte[] userKey) {
    return keyspace.look(userKey) != null;
  }

  /** Returns whether a key exists, and counts as a use. */
  public boolean touch(byte[] userKey) {
    return keyspace.touch(userKey) != null;
  }

  /** Deletes a key in O(1); returns whether it existed. */
  public boolean delete(byte[] userKey) {
    return keyspace.delete(userKey);
  }

  /** Returns the type of a key's value; null when the key doesn't exist. */
  public @Nullable DataType type(byte[] userKey) {
    KeyRecord record = keyspace.look(userKey);
    return record == null ? null : record.type();
  }

  // ---- expiry

  /**
   * Sets a key's deadline, in milliseconds since 1970, if all conditions hold; one that is not in
   * the future deletes the key. Returns false when the key doesn't exist or a condition doesn't
   * hold.
   */
  public boolean expire(byte[] userKey, long atMs, Set<ExpireCondition> conditions) {
    KeyRecord record = keyspace.meet(userKey);
    if (record == null) {
      return false;
    }
    for (ExpireCondition condition : conditions) {
      if (!condition.holds(record.expireAtMs(), atMs)) {
        return false;
      }
    }
    if (atMs <= keyspace.nowMs()) {
      keyspace.delete(userKey);
    } else if (atMs == record.expireAtMs()) {
      keyspace.markChanged(userKey);
    } else {
      keyspace.put(userKey, record.withExpiry(atMs));
    }
    return true;
  }

  /**
   * Returns when a key expires, in milliseconds since 1970, {@link KeyRecord#NEVER} or
   * {@link #ABSENT}.
   */
  public long deadline(byte[] userKey) {
    KeyRecord record = keyspace.look(userKey);
    return record == null ? ABSENT : record.expireAtMs();
  }

  /** Removes a key's deadline; returns false when it has none or doesn't exist. */
  public boolean persist(byte[] userKey) {
    KeyRecord record = keyspace.meet(userKey);
    if (record == null || record.expireAtMs() == KeyRecord.NEVER) {
      return false;
    }
    keyspace.put(userKey, record.withExpiry(KeyRecord.NEVER));
    return true;
  }

  // ---- other names

  /** Renames a key within this database. Its deadline goes with it. */
  public Outcome rename(byte[] userKey, byte[] newUserKey, Target target) {
    if (keyspace.meet(userKey) == null) {
      return Outcome.NO_SUCH_KEY;
    }
    if (target == Target.MUST_BE_FREE && keyspace.meet(newUserKey) != null) {
      return Outcome.TARGET_TAKEN;
    }
    if (!Arrays.equals(userKey, newUserKey)) {
      keyspace.rename(userKey, newUserKey);
    }
    return Outcome.DONE;
  }

  /** Copies a value, with its deadline, to a key of this or another database. */
  public Outcome copy(byte[] userKey, Keyspace other, byte[] newUserKey, Target target) {
    if (keyspace.look(userKey) == null) {
      return Outcome.NO_SUCH_KEY;
    }
    if (target == Target.MUST_BE_FREE && other.meet(newUserKey) != null) {
      return Outcome.TARGET_TAKEN;
    }
    keyspace.copy(userKey, other, newUserKey);
    return Outcome.DONE;
  }

  /**
   * Moves a value, with its deadline, to the same key of another database, where the key must not
   * exist.
   */
  public Outcome move(byte[] userKey, Keyspace other) {
    Outcome outcome = copy(userKey, other, userKey, Target.MUST_BE_FREE);
    if (outcome == Outcome.DONE) {
      keyspace.delete(userKey);
    }
    return outcome;
  }

  // ---- what OBJECT and MEMORY tell

  /** Returns the name that OBJECT ENCODING reports for a key; null when it doesn't exist. */
  public @Nullable String encoding(byte[] userKey) {
    KeyRecord record = keyspace.meet(userKey);
    return record == null ? null : encoding(record);
  }

  /** Returns the name that OBJECT ENCODING reports for a record. */
  public static String encoding(KeyRecord record) {
    return switch (record.type()) {
      case STRING -> StringEncoding.redisName(record);
      case LIST -> ListEncoding.redisName(record);
      case SET -> SetEncoding.redisName(record);
      case ZSET -> SortedSetEncoding.redisName(record);
      case HASH -> HashEncoding.redisName(record);
      case STREAM -> Streams.redisName();
    };
  }

  /**
   * Returns a value's reference count as Redis reports it: one, or a large number if it is shared.
   */
  public static int references(KeyRecord record) {
    return record.type() == DataType.STRING && StringEncoding.isShared(record)
        ? Integer.MAX_VALUE
        : 1;
  }

  /**
   * Returns how many seconds ago a key was last used; {@link #ABSENT} when it doesn't exist. Uses
   * are only tracked in the record cache: a key not cached counts as idle since the server started.
   */
  public long idleSeconds(byte[] userKey) {
    KeyRecord record = keyspace.meet(userKey);
    return record == null ? ABSENT : keyspace.idleSeconds(record);
  }

  /**
   * Returns about how many bytes a key and its value take in the store, before compression;
   * {@link #ABSENT} when it doesn't exist. At most {@code samples} rows are read, all when it is 0.
   */
  public long storedBytes(byte[] userKey, long samples) {
    KeyRecord record = keyspace.header(userKey);
    return record == null ? ABSENT : storedBytes(userKey, record, samples);
  }

  /** Like {@link #storedBytes(byte[], long)}, for the record stored under the key. */
  public long storedBytes(byte[] userKey, KeyRecord record, long samples) {
    long bytes = keyspace.storedBytes(userKey, record);
    return record.hasRows() ? bytes + rowBytes(keyspace.rows(userKey, record), samples) : bytes;
  }

  private static long rowBytes(Rows rows, long samples) {
    long bytes = 0;
    try (Cursor cursor = rows.walkAll()) {
      for (long seen = 0; cursor.valid(); cursor.next(), seen++) {
        if (samples != 0 && seen == samples) {
          return Math.max(bytes, rows.estimatedBytes());
        }
        bytes += cursor.key().length + (long) cursor.value().length;
      }
    }
    return bytes;
  }
}
