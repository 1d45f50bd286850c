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
 * The keys of one database inside one unit of work, whatever is under them. Confined to the thread of its unit.
 */
public final class Keys {
  /** What {@link #deadline} answers for a key that isn't there. */
  public static final long ABSENT = -2;

  private final Keyspace keyspace;

  /** The keys of one database. */
  public Keys(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  /** Whether there is such a key. */
  public boolean exists(byte[] userKey) {
    return keyspace.look(userKey) != null;
  }

  /** Whether there is such a key; if so it has been used now. */
  public boolean touch(byte[] userKey) {
    return keyspace.touch(userKey) != null;
  }

  /** Removes a key; false when there is none. Takes the same time whatever its value's size. */
  public boolean delete(byte[] userKey) {
    return keyspace.delete(userKey);
  }

  /** The type of a key's value; null when there is no such key. */
  public @Nullable DataType type(byte[] userKey) {
    KeyRecord record = keyspace.look(userKey);
    return record == null ? null : record.type();
  }

  // ---- expiry

  /**
   * Gives a key a deadline, in milliseconds since 1970, if all conditions hold; a deadline that is not in the future removes
   * the key. False when there is no such key or a condition doesn't hold.
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

  /** When a key expires, in milliseconds since 1970, {@link KeyRecord#NEVER} or {@link #ABSENT}. */
  public long deadline(byte[] userKey) {
    KeyRecord record = keyspace.look(userKey);
    return record == null ? ABSENT : record.expireAtMs();
  }

  /** Takes a key's deadline away; false when it has none or isn't there. */
  public boolean persist(byte[] userKey) {
    KeyRecord record = keyspace.meet(userKey);
    if (record == null || record.expireAtMs() == KeyRecord.NEVER) {
      return false;
    }
    keyspace.put(userKey, record.withExpiry(KeyRecord.NEVER));
    return true;
  }

  // ---- other names

  /** Gives a value another name in this database. Its deadline goes with it. */
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

  /** Moves a value, with its deadline, to the same key of another database, where the key must be free. */
  public Outcome move(byte[] userKey, Keyspace other) {
    Outcome outcome = copy(userKey, other, userKey, Target.MUST_BE_FREE);
    if (outcome == Outcome.DONE) {
      keyspace.delete(userKey);
    }
    return outcome;
  }

  // ---- what OBJECT and MEMORY tell

  /** The name OBJECT ENCODING has for how a key's value is stored; null when there is no such key. */
  public @Nullable String encoding(byte[] userKey) {
    KeyRecord record = keyspace.meet(userKey);
    return record == null ? null : encoding(record);
  }

  /** The name OBJECT ENCODING has for how a value is stored. */
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

  /** How many keys share a value, as far as Redis counts them: one, or the number that stands for many. */
  public static int references(KeyRecord record) {
    return record.type() == DataType.STRING && StringEncoding.isShared(record)
        ? Integer.MAX_VALUE
        : 1;
  }

  /**
   * How many seconds ago a key was last used; {@link #ABSENT} when there is no such key. Uses are remembered by the record
   * cache: a key that isn't there counts as unused since the server started.
   */
  public long idleSeconds(byte[] userKey) {
    KeyRecord record = keyspace.meet(userKey);
    return record == null ? ABSENT : keyspace.idleSeconds(record);
  }

  /**
   * About how many bytes a key and its value take in the store, before compression; {@link #ABSENT} when there is no such
   * key. Of a value with rows at most {@code samples} are looked at, all when it is 0.
   */
  public long storedBytes(byte[] userKey, long samples) {
    KeyRecord record = keyspace.header(userKey);
    return record == null ? ABSENT : storedBytes(userKey, record, samples);
  }

  /** The same for the record that stands under the key. */
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
