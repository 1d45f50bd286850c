package pika.storage.rdb;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.hash.FieldExpiry;
import pika.storage.hash.Hashes;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.list.Lists;
import pika.storage.set.Sets;
import pika.storage.stream.Streams;
import pika.storage.string.Strings;
import pika.storage.zset.SortedSets;

/**
 * The values of one database as DUMP payloads, inside one unit of work. Takes memory and time
 * proportional to the value. Confined to the thread of its unit.
 */
public final class Dumps {
  /** The oldest version with the plain encodings: that of Redis 5. */
  private static final int PLAIN_VERSION = 9;

  /** The oldest version that stores how many entries a stream ever had: that of Redis 7.0. */
  private static final int STREAM_VERSION = 10;

  /** The oldest version with deadlines of fields: that of Redis 7.4. */
  private static final int DEADLINES_VERSION = 12;

  /** Maximum overhead: type, length and footer. */
  private static final int STRING_OVERHEAD_BYTES = 1 + 9 + DumpPayload.FOOTER_BYTES;

  private final Keyspace keyspace;
  private final TypeLimits limits;

  /** Creates the view; restored values are encoded within {@code limits}. */
  public Dumps(Keyspace keyspace, TypeLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  /** Returns the value under a key with everything but its expiry; null when there is none. */
  public @Nullable Slice dump(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey);
    if (record == null) {
      return null;
    }
    RdbOutput out = new RdbOutput(limits.strings().maxBytes());
    switch (record.type()) {
      case STRING -> {
        Slice value = requireNonNull(strings().get(userKey));
        out.makeRoom(value.length() + STRING_OVERHEAD_BYTES)
            .putByte(RdbType.STRING.code())
            .putString(value);
      }
      case LIST -> ListDump.write(requireNonNull(lists().find(userKey)), out);
      case SET -> SetDump.write(sets(), userKey, out);
      case ZSET -> SortedSetDump.write(sortedSets().open(userKey, record), out);
      case HASH -> {
        if (record.partsDueMs() != KeyRecord.NEVER) {
          hash(userKey).writeWithDeadlines(out);
        } else {
          hash(userKey).write(out);
        }
      }
      case STREAM -> StreamDump.write(requireNonNull(streams().find(userKey)), out);
    }
    return DumpPayload.seal(out, version(record));
  }

  private static int version(KeyRecord record) {
    if (record.partsDueMs() != KeyRecord.NEVER) {
      return DEADLINES_VERSION;
    }
    return record.type() == DataType.STREAM ? STREAM_VERSION : PLAIN_VERSION;
  }

  /** Returns whether a payload is undamaged and of a version that is understood. */
  public static boolean isIntact(byte[] payload) {
    return DumpPayload.open(payload) != null;
  }

  /**
   * Restores an intact payload under a key that does not exist.
   *
   * @param expireAtMs when it expires, in milliseconds since 1970, or {@link KeyRecord#NEVER}
   * @throws RdbException if the bytes are no value
   */
  public void restore(byte[] userKey, byte[] payload, long expireAtMs) {
    RdbInput in = requireNonNull(DumpPayload.open(payload));
    RdbType type = RdbType.of(in.takeByte());
    switch (type.dataType()) {
      case STRING -> strings().set(userKey, in.takeString());
      case LIST -> ListDump.read(type, in, lists(), userKey);
      case SET -> SetDump.read(type, in, sets(), userKey);
      case ZSET -> SortedSetDump.read(type, in, sortedSets(), userKey);
      case HASH -> hash(userKey).read(type, in);
      case STREAM -> new StreamRestore(type, in, streams().create(userKey)).read();
    }
    KeyRecord restored = keyspace.header(userKey);
    if (restored == null) {
      throw new RdbException("empty collection");
    }
    keyspace.put(userKey, restored.withExpiry(expireAtMs));
  }

  private HashDump hash(byte[] userKey) {
    return new HashDump(
        new Hashes(keyspace, limits.hashes()), new FieldExpiry(keyspace, limits.hashes()), userKey);
  }

  private Sets sets() {
    return new Sets(keyspace, limits.sets());
  }

  private SortedSets sortedSets() {
    return new SortedSets(keyspace, limits.zsets());
  }

  private Lists lists() {
    return new Lists(keyspace, limits.lists());
  }

  private Streams streams() {
    return new Streams(keyspace);
  }

  private Strings strings() {
    return new Strings(keyspace, limits.strings());
  }
}
