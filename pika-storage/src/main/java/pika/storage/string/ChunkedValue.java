package pika.storage.string;

import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.key.Rows;

/** A string stored in rows. */
final class ChunkedValue implements StringValue {
  private final KeyRecord record;
  private final Rows rows;
  private final long length;
  private final int chunkBytes;

  ChunkedValue(KeyRecord record, Rows rows) {
    this.record = record;
    this.rows = rows;
    this.length = StringFormat.length(record);
    this.chunkBytes = StringFormat.chunkBytes(record);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public KeyRecord record() {
    return record;
  }

  Rows rows() {
    return rows;
  }

  int chunkBytes() {
    return chunkBytes;
  }

  @Override
  public Slice slice(long from, long to) {
    byte[] bytes = new byte[Math.toIntExact(to - from)];
    try (Blocks blocks = blocks(from, to)) {
      blocks.read(bytes, 0, bytes.length);
    }
    return Slice.of(bytes);
  }

  @Override
  public Blocks blocks(long from, long to) {
    return from == to
        ? new InlineBlocks(Slice.empty())
        : new ChunkBlocks(rows, chunkBytes, from, to);
  }

  @Override
  public void read(long position, byte[] target) {
    long from = Math.min(position, length);
    try (Blocks blocks = blocks(from, Math.min(from + target.length, length))) {
      blocks.read(target, 0, target.length);
    }
  }
}
