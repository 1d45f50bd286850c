package pika.storage.key;

import java.util.ArrayList;
import java.util.List;
import pika.storage.bytes.Hash64;

/**
 * What a unit of work does early for commands that follow, so that they find their records sooner. Nothing depends on it.
 * Confined to the thread that runs the unit.
 */
final class Hints {
  private final Engine engine;
  private final Committed committed;
  /** Used again for each hint, which is given for every pass of a loop. */
  private long[] hashes = new long[0];

  Hints(Engine engine, Committed committed) {
    this.engine = engine;
    this.committed = committed;
  }

  /** Reads records into the cache in one go. */
  void prefetch(int databaseId, List<byte[]> userKeys) {
    List<Key> keys = new ArrayList<>(userKeys.size());
    for (byte[] userKey : userKeys) {
      keys.add(engine.format().key(databaseId, userKey));
    }
    committed.prefetch(keys);
  }

  /** Brings the locks of these keys, and what the cache holds of them, closer to the processor. */
  void warm(int databaseId, List<byte[]> userKeys) {
    if (hashes.length < userKeys.size()) {
      hashes = new long[userKeys.size()];
    }
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
}
