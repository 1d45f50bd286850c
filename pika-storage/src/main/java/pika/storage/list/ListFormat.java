package pika.storage.list;

import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.rank.Directory;

/**
 * The encoding of lists.
 *
 * <pre>
 * payload of PACKED := leaf                        all elements, see {@link Leaf}
 * payload of LEAVES := directory                   the runs are leaves, in list order, see {@link Directory}
 * row of LEAVES     := 0x00 id:u64 -> leaf         the leaf that is run {@code id} of the directory
 *                    | 0x01 id:u64 -> node         a node of the directory
 * </pre>
 *
 * <p>Neither leaves nor lists are ever empty.
 */
final class ListFormat {
  static final int LEAF_SPACE = 0x00;
  static final int NODE_SPACE = 0x01;

  private ListFormat() {}

  static Slice payload(KeyRecord record) {
    return new Slice(record.array(), record.payloadOffset(), record.payloadLength());
  }

  /** Returns how many elements a list has; reads only its record. */
  static long size(KeyRecord record) {
    return switch (ListEncoding.of(record)) {
      case PACKED -> Leaf.countOf(payload(record));
      case LEAVES ->
        record.late() instanceof KeptLeaves kept
            ? kept.directory().size()
            : Directory.sizeOf(payload(record));
    };
  }
}
