package pika.storage.digest;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.element.Element;
import pika.storage.hash.FieldExpiry;
import pika.storage.hash.Hashes;
import pika.storage.key.DataType;
import pika.storage.key.HashWalk;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.LockPlan;
import pika.storage.key.UnitOfWork;
import pika.storage.list.ListValue;
import pika.storage.list.Lists;
import pika.storage.rocks.Cursor;
import pika.storage.set.Sets;
import pika.storage.stream.Stream;
import pika.storage.stream.StreamEntry;
import pika.storage.stream.StreamId;
import pika.storage.stream.Streams;
import pika.storage.string.Strings;
import pika.storage.zset.Entries;
import pika.storage.zset.SortedSets;

/**
 * Computes digests of stored data, inside one unit of work that may wait for the disk. A value's
 * digest covers its type, content and whether it has a deadline; for a stream only the entries, not
 * its groups. Expired keys are ignored. Confined to the thread of its unit.
 */
public final class Digests {
  /** Elements of lists, and entries of streams, read at a time. */
  private static final int PORTION = 512;

  private final Keyspace keyspace;
  private final TypeLimits limits;
  private final DoubleFunction<String> scoreText;

  /** Creates the digests of one database; {@code scoreText} formats scores as Redis does. */
  public Digests(Keyspace keyspace, TypeLimits limits, DoubleFunction<String> scoreText) {
    this.keyspace = keyspace;
    this.limits = limits;
    this.scoreText = scoreText;
  }

  /** Returns the digest of a key's value; zeros when there is none. The key must be locked. */
  public String ofValue(byte[] userKey) {
    Digest digest = new Digest();
    KeyRecord record = keyspace.header(userKey);
    if (record != null) {
      appendValue(digest, userKey, record);
    }
    return digest.toString();
  }

  /**
   * Returns the digest of all databases, in time proportional to all data. Unless the unit holds
   * all locks, each key is locked only while it is read: concurrent changes may or may not be
   * included.
   *
   * @param unit a unit with nothing uncommitted, unless it holds all locks
   */
  public static String ofEverything(
      UnitOfWork unit, TypeLimits limits, DoubleFunction<String> scoreText) {
    Digest whole = new Digest();
    int databases = unit.keyspace(0).databaseCount();
    for (int number = 0; number < databases; number++) {
      new Digests(unit.keyspace(number), limits, scoreText).addDatabase(whole);
    }
    return whole.toString();
  }

  private void addDatabase(Digest whole) {
    boolean isEmpty = true;
    try (HashWalk walk = keyspace.walkByHash(0)) {
      for (; walk.valid(); walk.next()) {
        Digest key = ofKey(walk.userKey());
        if (key != null && isEmpty) {
          isEmpty = false;
          whole.append(keyspace.number());
        }
        if (key != null) {
          whole.add(key);
        }
      }
    }
  }

  /** Returns the digest of a key and its value; null when it no longer exists. */
  private @Nullable Digest ofKey(byte[] userKey) {
    UnitOfWork unit = keyspace.unit();
    if (unit.holdsAllLocks()) {
      // A new command for the unit, so that no view stays pinned over all keys.
      unit.nextCommand();
      return ofLockedKey(userKey);
    }
    unit.awaitLocks(LockPlan.of(List.of(), List.of(userKey)));
    try {
      return ofLockedKey(userKey);
    } finally {
      // These lookups must not count as a client's.
      unit.rollbackCommand();
      unit.abandon();
    }
  }

  private @Nullable Digest ofLockedKey(byte[] userKey) {
    KeyRecord record = keyspace.header(userKey);
    if (record == null) {
      return null;
    }
    Digest digest = new Digest();
    digest.append(Slice.of(userKey));
    appendValue(digest, userKey, record);
    return digest;
  }

  private void appendValue(Digest digest, byte[] userKey, KeyRecord record) {
    digest.append(redisNumber(record.type()));
    switch (record.type()) {
      case STRING ->
        digest.append(requireNonNull(new Strings(keyspace, limits.strings()).get(userKey)));
      case LIST ->
        appendList(digest, requireNonNull(new Lists(keyspace, limits.lists()).find(userKey)));
      case SET -> addMembers(digest, userKey);
      case ZSET -> addScores(digest, userKey, record);
      case HASH -> addFields(digest, userKey, record);
      case STREAM -> appendEntries(digest, requireNonNull(new Streams(keyspace).find(userKey)));
    }
    if (record.expireAtMs() != KeyRecord.NEVER) {
      digest.add("!!expire!!");
    }
  }

  /** Returns Redis' number of a type. */
  private static int redisNumber(DataType type) {
    return switch (type) {
      case STRING -> 0;
      case LIST -> 1;
      case SET -> 2;
      case ZSET -> 3;
      case HASH -> 4;
      case STREAM -> 6;
    };
  }

  private static void appendList(Digest digest, ListValue list) {
    for (long at = 0; at < list.size(); at += PORTION) {
      list.range(at, at + PORTION - 1).forEach(digest::append);
    }
  }

  private void addMembers(Digest digest, byte[] userKey) {
    new Sets(keyspace, limits.sets()).members(userKey).forEach((member, nothing) -> {
      digest.add(member);
      return true;
    });
  }

  private void addScores(Digest digest, byte[] userKey, KeyRecord record) {
    try (Entries entries =
        new SortedSets(keyspace, limits.zsets()).open(userKey, record).all()) {
      while (entries.next()) {
        Digest entry = new Digest();
        entry.append(entries.member());
        entry.append(scoreText.apply(entries.score()));
        digest.add(entry);
      }
    }
  }

  private void addFields(Digest digest, byte[] userKey, KeyRecord record) {
    Hashes hashes = new Hashes(keyspace, limits.hashes());
    if (record.partsDueMs() == KeyRecord.NEVER) {
      hashes.forEach(userKey, (name, value) -> {
        digest.add(field(name, value));
        return true;
      });
      return;
    }
    List<Element> fields = new ArrayList<>();
    hashes.forEach(userKey, (name, value) -> fields.add(new Element(name, value)));
    List<byte[]> names =
        fields.stream().map(field -> field.name().toByteArray()).toList();
    List<Long> deadlines = new FieldExpiry(keyspace, limits.hashes()).deadlines(userKey, names);
    for (int i = 0; i < fields.size(); i++) {
      Digest field = field(fields.get(i).name(), fields.get(i).value());
      if (deadlines.get(i) != FieldExpiry.NO_DEADLINE) {
        field.add("!!hexpire!!");
      }
      digest.add(field);
    }
  }

  private static Digest field(Slice name, Slice value) {
    Digest field = new Digest();
    field.append(name);
    field.append(value);
    return field;
  }

  private static void appendEntries(Digest digest, Stream stream) {
    @Nullable StreamId from = StreamId.ZERO;
    while (from != null) {
      List<StreamEntry> entries =
          stream.range(from, StreamId.MAX, Cursor.Direction.FORWARD, PORTION);
      for (StreamEntry entry : entries) {
        digest.append(Long.toUnsignedString(entry.id().ms())
            + "."
            + Long.toUnsignedString(entry.id().sequence()));
        entry.fields().forEach(digest::append);
      }
      from = entries.size() < PORTION ? null : entries.get(PORTION - 1).id().next();
    }
  }
}
