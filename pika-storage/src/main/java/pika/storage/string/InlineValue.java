package pika.storage.string;

import java.util.Arrays;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;

/** A string stored inline in its record. */
record InlineValue(KeyRecord record) implements StringValue {

  @Override
  public long length() {
    return record.payloadLength();
  }

  @Override
  public Slice slice(long from, long to) {
    return new Slice(record.array(), record.payloadOffset() + (int) from, (int) (to - from));
  }

  @Override
  public Blocks blocks(long from, long to) {
    return new InlineBlocks(slice(from, to));
  }

  @Override
  public void read(long position, byte[] target) {
    int count = (int) Math.max(0, Math.min(target.length, length() - position));
    if (count > 0) {
      int offset = record.payloadOffset() + (int) position;
      System.arraycopy(record.array(), offset, target, 0, count);
    }
    Arrays.fill(target, count, target.length, (byte) 0);
  }
}
