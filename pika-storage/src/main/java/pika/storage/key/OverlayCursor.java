package pika.storage.key;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Cursor;

/**
 * Merges uncommitted rows into a cursor over committed ones; on equal keys the uncommitted row
 * wins. The unit may change rows meanwhile: changes ahead of the cursor are seen, changes behind it
 * are not.
 */
final class OverlayCursor implements Cursor {
  private final Cursor committed;
  /** In cursor direction. Looked up anew at each step, because it may change in between. */
  private final NavigableMap<byte[], byte[]> changed;

  private final int sign;
  private Map.@Nullable Entry<byte[], byte[]> change;
  private boolean onChange;

  OverlayCursor(Cursor committed, NavigableMap<byte[], byte[]> changed, Direction direction) {
    this.committed = committed;
    this.changed = direction == Direction.FORWARD ? changed : changed.descendingMap();
    this.sign = direction == Direction.FORWARD ? 1 : -1;
    try {
      this.change = this.changed.firstEntry();
      settle();
    } catch (Throwable e) {
      committed.close();
      throw e;
    }
  }

  @Override
  public boolean valid() {
    return onChange || committed.valid();
  }

  @Override
  public byte[] key() {
    return onChange && change != null ? change.getKey().clone() : committed.key();
  }

  @Override
  public byte[] value() {
    return onChange && change != null ? change.getValue().clone() : committed.value();
  }

  @Override
  public void next() {
    byte[] left = key();
    if (!onChange) {
      committed.next();
    }
    change = changed.higherEntry(left);
    settle();
  }

  @Override
  public void seek(byte[] key) {
    committed.seek(key);
    change = changed.ceilingEntry(key);
    settle();
  }

  @Override
  public void close() {
    committed.close();
  }

  /**
   * Decides which side provides the current entry, skipping committed rows that are replaced or
   * deleted.
   */
  private void settle() {
    onChange = false;
    while (change != null) {
      int order =
          committed.valid() ? sign * Arrays.compareUnsigned(change.getKey(), committed.key()) : -1;
      if (order > 0) {
        return;
      }
      if (order == 0) {
        committed.next();
      }
      if (!RowChanges.isDeleted(change.getValue())) {
        onChange = true;
        return;
      }
      change = changed.higherEntry(change.getKey());
    }
  }
}
