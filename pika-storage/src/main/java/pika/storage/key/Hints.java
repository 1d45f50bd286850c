package pika.storage.key;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.storage.bytes.Hash64;
import pika.storage.rocks.StorageException;

/**
 * Prefetches and warms records and rows for the commands that follow. Purely an optimization:
 * correctness never depends on it. Confined to the thread that runs the unit.
 */
final class Hints {
  private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

  /**
   * Keys per read: enough to keep the disk busy, few enough for their records to fit in memory
   * together.
   */
  private static final int PART_KEYS = 128;

  /** Bytes read ahead per hint; commands that need more read it themselves. */
  private static final long MOST_BYTES = 8 << 20;

  private final Engine engine;
  private final Committed committed;
  /** Reused between hints, which are given in every loop pass. */
  private long[] hashes = new long[0];

  private byte[] rowKey = new byte[0];

  Hints(Engine engine, Committed committed) {
    this.engine = engine;
    this.committed = committed;
  }

  /** Reads records into the cache, many at a time. */
  void prefetch(int databaseId, List<byte[]> userKeys) {
    try {
      long left = MOST_BYTES;
      for (int from = 0; from < userKeys.size() && left > 0; from += PART_KEYS) {
        int to = Math.min(userKeys.size(), from + PART_KEYS);
        left -= committed.prefetch(keys(databaseId, userKeys.subList(from, to)));
      }
    } catch (StorageException | OutOfMemoryError e) {
      // The command that needs the record meets the same failure and can report it.
      LOG.debug("reading records ahead failed; the command reads them itself", e);
    }
  }

  private List<Key> keys(int databaseId, List<byte[]> userKeys) {
    List<Key> keys = new ArrayList<>(userKeys.size());
    for (byte[] userKey : userKeys) {
      keys.add(engine.format().key(databaseId, userKey));
    }
    return keys;
  }

  /**
   * Pulls the locks of these keys, and what the cache holds of them, into the processor's cache.
   */
  void warm(int databaseId, List<byte[]> userKeys) {
    makeRoom(userKeys.size());
    int locked = 0;
    for (int i = 0; i < userKeys.size(); i++) {
      long hash = Hash64.of(userKeys.get(i));
      hashes[i] = RecordTable.hash(databaseId, hash);
      locked += engine.locks().warm(KeyLocks.stripeOf(hash));
    }
    if (locked > userKeys.size()) {
      throw new IllegalStateException("more locks than keys");
    }
    engine.cache().warm(hashes, userKeys.size());
  }

  /**
   * Pulls what the cache holds of rows into the processor's cache; their keys are the prefix followed
   * by a name.
   */
  void warmRows(byte[] prefix, List<byte[]> names) {
    makeRoom(names.size());
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i);
      int length = prefix.length + name.length;
      if (rowKey.length < length) {
        rowKey = new byte[length];
      }
      System.arraycopy(prefix, 0, rowKey, 0, prefix.length);
      System.arraycopy(name, 0, rowKey, prefix.length, name.length);
      hashes[i] = RecordTable.rowHash(rowKey, length);
    }
    engine.cache().warm(hashes, names.size());
  }

  private void makeRoom(int count) {
    if (hashes.length < count) {
      hashes = new long[count];
    }
  }
}
