package pika.storage.key;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cache entries large enough to be objects of their own: there are few of them per byte, and a
 * lookup returns the record itself instead of a copy. Modified by one thread at a time, under the
 * segment's lock. {@link #at} may race with that and return any entry; the caller compares the key.
 */
final class LargeRecords {
  /** Object and array headers of one entry. */
  private static final int OVERHEAD_BYTES = 144;

  private static final int NONE = -1;

  private @Nullable Entry[] entries = new @Nullable Entry[8];
  /** For a free number, the next free one. */
  private int[] nextFree = new int[0];

  private int firstFree = NONE;
  private int count;
  private int hand;
  private long bytes;

  /** A record under its key, or a row under its full row key. */
  static final class Entry {
    final long hash;
    final byte[] key;
    final @Nullable KeyRecord record;
    final byte @Nullable [] row;
    /** Written without synchronization: a lost mark costs at most an early eviction. */
    boolean used;

    Entry(long hash, byte[] key, @Nullable KeyRecord record, byte @Nullable [] row) {
      this.hash = hash;
      this.key = key;
      this.record = record;
      this.row = row;
    }

    boolean is(byte[] wantedKey, boolean wantsRow) {
      return isRow() == wantsRow && Arrays.equals(key, wantedKey);
    }

    boolean isRow() {
      return row != null;
    }

    int weight() {
      byte[] value = record == null ? requireNonNull(row) : record.bytes();
      return key.length + value.length + OVERHEAD_BYTES;
    }
  }

  /** Returns the entry with this number, null when there is none. */
  @Nullable
  Entry at(int number) {
    @Nullable Entry[] now = entries;
    return number < now.length ? now[number] : null;
  }

  /** Adds an entry and returns its number. */
  int add(Entry entry) {
    int number = firstFree;
    if (number == NONE) {
      number = count;
      if (number == entries.length) {
        entries = Arrays.copyOf(entries, 2 * number);
      }
      if (nextFree.length < entries.length) {
        nextFree = Arrays.copyOf(nextFree, entries.length);
      }
    } else {
      firstFree = nextFree[number];
    }
    entries[number] = entry;
    count++;
    bytes += entry.weight();
    return number;
  }

  void remove(int number) {
    Entry entry = entries[number];
    if (entry == null) {
      throw new IllegalStateException("no such entry");
    }
    entries[number] = null;
    nextFree[number] = firstFree;
    firstFree = number;
    count--;
    bytes -= entry.weight();
  }

  /**
   * Advances the clock hand and returns the number of the entry to evict next. There must be an
   * entry.
   */
  int leastUsed() {
    while (true) {
      hand = (hand + 1) % entries.length;
      Entry entry = entries[hand];
      if (entry != null) {
        if (!entry.used) {
          return hand;
        }
        entry.used = false;
      }
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  long sizeBytes() {
    return bytes;
  }
}
