package pika.storage.zset;

import java.util.Arrays;
import pika.storage.bytes.Slice;

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
    int length = bytes[at++];
    if (length < 0) {
      length &= 0x7f;
      for (int shift = 7; ; shift += 7) {
        byte group = bytes[at++];
        length |= (group & 0x7f) << shift;
        if (group >= 0) {
          break;
        }
      }
    }
    memberOffset = at;
    end = at + length;
    if (length < 0 || end > limit) {
      throw SortedSetFormat.damaged();
    }
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
