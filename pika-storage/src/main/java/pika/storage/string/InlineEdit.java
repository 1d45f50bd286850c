package pika.storage.string;

import java.util.Arrays;

/** An edit of an inline string, on a copy. */
final class InlineEdit extends StringEdit {
  private final EditedKey key;
  private final byte[] bytes;

  InlineEdit(EditedKey key, byte[] bytes) {
    this.key = key;
    this.bytes = bytes;
  }

  @Override
  public void read(long position, byte[] target) {
    int count = (int) Math.max(0, Math.min(target.length, bytes.length - position));
    if (count > 0) {
      System.arraycopy(bytes, (int) position, target, 0, count);
    }
    Arrays.fill(target, count, target.length, (byte) 0);
  }

  @Override
  public void write(long position, byte[] source, int offset, int count) {
    System.arraycopy(source, offset, bytes, Math.toIntExact(position), count);
  }

  @Override
  public void save() {
    key.put(StringEncoding.RAW, bytes);
  }
}
