package pika.storage.key;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Cursor;

/**
 * Merges uncommitted rows into a walk through committed ones; on equal keys the uncommitted row counts. Rows may be written
 * while it walks, as copying a value does; it looks up its next change each time.
 */
final class OverlayCursor implements Cursor {
  private final Cursor committed;
  private final NavigableMap<byte[], byte[]> changes;
  private final int sign;
  private Map.@Nullable Entry<byte[], byte[]> change;
  private boolean onChange;

  OverlayCursor(Cursor committed, NavigableMap<byte[], byte[]> changed, boolean forward) {
    this.committed = committed;
    this.changes = changed;
    this.sign = forward ? 1 : -1;
    this.change = changes.firstEntry();
    settle();
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
    if (onChange && change != null) {
      change = changes.higherEntry(change.getKey());
    } else {
      committed.next();
    }
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
      if (change.getValue() != RowChanges.DELETED) {
        onChange = true;
        return;
      }
      change = changes.higherEntry(change.getKey());
    }
  }
}
