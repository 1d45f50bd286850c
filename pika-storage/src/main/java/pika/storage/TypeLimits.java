package pika.storage;

import pika.storage.packed.PackedLimits;
import pika.storage.set.SetLimits;
import pika.storage.stream.Trim;
import pika.storage.string.StringLimits;

/**
 * At which sizes values of each data type change their representation.
 *
 * @param strings how long strings may be, and where they are split
 * @param hashes which hashes are small (hash-max-listpack-entries, hash-max-listpack-value)
 * @param sets which sets are small (set-max-listpack-entries, set-max-listpack-value,
 *     set-max-intset-entries)
 * @param zsets which sorted sets are small (zset-max-listpack-entries, zset-max-listpack-value)
 * @param lists which lists are small, and how large a node of a large one is
 *     (list-max-listpack-size)
 * @param maxSparseHllBytes the longest sparse HyperLogLog (hll-sparse-max-bytes)
 * @param streamBlockEntries how many entries approximate trimming removes at once
 *     (stream-node-max-entries); at least 1
 */
public record TypeLimits(
    StringLimits strings,
    PackedLimits hashes,
    SetLimits sets,
    PackedLimits zsets,
    PackedLimits lists,
    long maxSparseHllBytes,
    int streamBlockEntries) {
  private static final long MAX_PACKED_BYTES = 8 << 10;

  /** Redis' defaults. */
  public static final TypeLimits DEFAULT = new TypeLimits(
      StringLimits.DEFAULT,
      new PackedLimits(512, 64, MAX_PACKED_BYTES),
      new SetLimits(new PackedLimits(128, 64, MAX_PACKED_BYTES), 512),
      new PackedLimits(128, 64, MAX_PACKED_BYTES),
      new PackedLimits(Long.MAX_VALUE, Long.MAX_VALUE, MAX_PACKED_BYTES),
      3000,
      Trim.BLOCK_ENTRIES);
}
