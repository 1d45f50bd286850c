package pika.storage.rdb;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.list.Lists;
import pika.storage.string.Strings;

/**
 * The values of one database as DUMP payloads, inside one unit of work. Takes memory in proportion to the value, and time
 * as well. Confined to the thread of its unit.
 */
public final class Dumps {
  /** The oldest version that knows the plain forms: that of Redis 5. */
  private static final int PLAIN_VERSION = 9;

  private final Keyspace keyspace;
  private final TypeLimits limits;

  /** Restored values take the form these limits give them. */
  public Dumps(Keyspace keyspace, TypeLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  /** The value under a key with everything but its expiry; null when there is none. */
  public byte @Nullable [] dump(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey);
    if (record == null) {
      return null;
    }
    RdbOutput out = new RdbOutput(limits.strings().maxBytes());
    switch (record.type()) {
      case STRING -> {
        Slice value = requireNonNull(strings().get(userKey));
        out.putByte(RdbType.STRING.code()).putString(value);
      }
      case LIST -> ListDump.write(requireNonNull(lists().find(userKey)), out);
      default -> throw new UnsupportedOperationException("DUMP of a " + record.type());
    }
    return DumpPayload.seal(out, PLAIN_VERSION);
  }

  /** Whether a payload has arrived as it was sent, and is of no later version than is understood. */
  public static boolean isIntact(byte[] payload) {
    return DumpPayload.open(payload) != null;
  }

  /**
   * Makes the value of an intact payload the one under a key where there is none.
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
      default -> throw new UnsupportedOperationException("RESTORE of a " + type);
    }
    KeyRecord restored = keyspace.header(userKey);
    if (restored == null) {
      throw new RdbException("empty collection");
    }
    keyspace.put(userKey, restored.withExpiry(expireAtMs));
  }

  private Lists lists() {
    return new Lists(keyspace, limits.lists());
  }

  private Strings strings() {
    return new Strings(keyspace, limits.strings());
  }
}
