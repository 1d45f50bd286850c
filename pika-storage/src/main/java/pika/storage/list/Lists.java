package pika.storage.list;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WrongTypeException;
import pika.storage.packed.PackedLimits;

/**
 * The lists of one database inside one unit of work. If a key holds another type, every method
 * throws {@link WrongTypeException}. Confined to the thread of its unit.
 */
public final class Lists {
  private final Keyspace keyspace;
  private final ListLimits limits;

  /**
   * Creates the view.
   *
   * @param packed which lists are packed into their record
   */
  public Lists(Keyspace keyspace, PackedLimits packed) {
    this(keyspace, ListLimits.of(packed));
  }

  Lists(Keyspace keyspace, ListLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  /** Returns the list under a key, null when there is none. */
  public @Nullable ListValue find(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey, DataType.LIST);
    return record == null
        ? null
        : new ListValue(leaves(new ListKey(keyspace, userKey, limits), record));
  }

  /** Returns the length of the list, 0 when there is none; reads only the record. */
  public long length(byte[] userKey) {
    KeyRecord record = keyspace.touch(userKey);
    if (record == null) {
      return 0;
    }
    if (record.type() != DataType.LIST) {
      throw new WrongTypeException();
    }
    return ListFormat.size(record);
  }

  /**
   * Pushes elements one by one at an end, creating the list if necessary; returns the new length.
   */
  public long push(byte[] userKey, End end, List<Slice> elements) {
    ListValue list = find(userKey);
    if (list == null) {
      list = new ListValue(PackedLeaves.ofNew(new ListKey(keyspace, userKey, limits)));
    }
    return list.push(end, elements);
  }

  /**
   * Pops an element from one end of a list and pushes it at an end of another, or of the same;
   * returns it, or null when there is no source list.
   */
  public @Nullable Slice move(byte[] source, End from, byte[] target, End to) {
    ListValue list = find(source);
    if (list == null) {
      return null;
    }
    if (Arrays.equals(source, target)) {
      // Watchers are told even if the rotation leaves the list as it was.
      keyspace.markChanged(source);
      return list.rotate(from, to);
    }
    // Checks the target's type before the element is removed from the source.
    find(target);
    Slice element = list.pop(from, 1).get(0);
    push(target, to, List.of(element));
    return element;
  }

  private static Leaves leaves(ListKey key, KeyRecord record) {
    return switch (ListEncoding.of(record)) {
      case PACKED -> PackedLeaves.of(key, record);
      case LEAVES -> RowLeaves.of(key, record);
    };
  }
}
