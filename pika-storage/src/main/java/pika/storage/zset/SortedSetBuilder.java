package pika.storage.zset;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WouldBlock;
import pika.storage.packed.PackedLimits;

/**
 * Builds a sorted set from entries added in order, and replaces whatever is stored under a key,
 * without expiry. Memory is bounded: what doesn't fit the packed form goes into rows, which may be
 * written before the commit.
 */
public final class SortedSetBuilder {
  private static final int USUAL_BYTES = 512;

  private final Keyspace keyspace;
  private final byte[] userKey;
  private final PackedLimits limits;
  private final ByteWriter packed = new ByteWriter(USUAL_BYTES);
  private @Nullable RowMembersBuilder rows;
  private long count;
  private int longest;

  SortedSetBuilder(Keyspace keyspace, byte[] userKey, PackedLimits limits) {
    this.keyspace = keyspace;
    this.userKey = userKey;
    this.limits = limits;
    packed.putInt(0);
  }

  /** Adds an entry after all others. The score is not NaN; the member must be new. */
  public void append(double score, Slice member) {
    count++;
    longest = Math.max(longest, member.length());
    if (rows == null) {
      int bytes = packed.size() + SortedSetFormat.packedEntryBytes(member.length());
      if (limits.allowsPacked(count, bytes)) {
        SortedSetFormat.putPackedEntry(
            packed, score, member.array(), member.offset(), member.length());
        return;
      }
      rows = spread();
    }
    rows.append(score, member);
  }

  /**
   * Stores the set, or deletes the key when there are no entries. Returns the number of entries.
   */
  public long finish() {
    boolean small = limits.isCalledSmall(count, longest);
    if (count == 0) {
      keyspace.delete(userKey);
    } else if (rows == null) {
      keyspace.put(userKey, packedMembers(small).record(small, KeyRecord.NEVER));
    } else {
      keyspace.put(userKey, rows.finish().record(small, KeyRecord.NEVER));
    }
    return count;
  }

  private PackedMembers packedMembers(boolean small) {
    byte[] payload = packed.toByteArray();
    SortedSetFormat.putPackedCount(payload, (int) count);
    PackedEntries entries = entries(payload);
    while (small && entries.next()) {
      // Like SortedSet: the scores of a small set lose the sign of a zero.
      SortedSetFormat.putPackedScore(payload, entries.start(), entries.score() + 0.0);
    }
    return PackedMembers.of(payload);
  }

  private RowMembersBuilder spread() {
    if (!keyspace.unit().mayBlock()) {
      throw WouldBlock.INSTANCE;
    }
    RowMembersBuilder builder = new RowMembersBuilder(keyspace.newRows(userKey));
    PackedEntries entries = entries(packed.toByteArray());
    while (entries.next()) {
      builder.append(entries.score(), entries.member());
    }
    packed.clear();
    return builder;
  }

  private static PackedEntries entries(byte[] payload) {
    return new PackedEntries(payload, SortedSetFormat.PACKED_HEAD_BYTES, payload.length);
  }
}
