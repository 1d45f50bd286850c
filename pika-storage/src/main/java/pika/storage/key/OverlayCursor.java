package pika.storage.key;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Cursor;

/**
 * Merges uncommitted rows into a walk through committed ones; on equal keys the uncommitted row counts. The unit may go on
 * changing rows meanwhile: what it changes ahead of the cursor is met, what it changes behind is not.
 */
final class OverlayCursor implements Cursor {
  private final Cursor committed;
  /** In the walk's direction. Looked into anew at each step, because it may change between steps. */
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

  /** Finds out whose entry comes next, stepping over committed rows that were replaced or deleted. */
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
