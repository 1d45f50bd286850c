package pika.storage.zset;

import java.util.Arrays;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;
import pika.storage.packed.Varint;

/**
 * Iterates over packed entries in order, see {@link SortedSetFormat}. Allocates nothing per entry.
 */
final class PackedEntries implements Entries {
  private final byte[] bytes;
  private final int limit;
  private int start;
  private int end;
  private int memberOffset;

  /** Iterates from offset {@code from} to {@code limit}. */
  PackedEntries(byte[] bytes, int from, int limit) {
    this.bytes = bytes;
    this.limit = limit;
    this.end = from;
  }

  @Override
  public boolean next() {
    if (end >= limit) {
      return false;
    }
    moveTo(end);
    return true;
  }

  /** Moves to the entry that starts at an offset. */
  void moveTo(int entry) {
    start = entry;
    int at = SortedSetFormat.lengthOffset(entry);
    int length = Varint.takeLength(bytes, at, limit);
    memberOffset = at + ByteWriter.varintBytes(length);
    end = memberOffset + length;
  }

  /** Returns where the entry starts. */
  int start() {
    return start;
  }

  /** Returns where the next entry starts. */
  int end() {
    return end;
  }

  boolean isMember(byte[] member) {
    return end - memberOffset == member.length
        && Arrays.equals(bytes, memberOffset, end, member, 0, member.length);
  }

  boolean isBefore(Cut cut) {
    return cut.isBehind(score(), bytes, memberOffset, end - memberOffset);
  }

  @Override
  public double score() {
    return SortedSetFormat.packedScore(bytes, start);
  }

  @Override
  public Slice member() {
    return new Slice(bytes, memberOffset, end - memberOffset);
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
