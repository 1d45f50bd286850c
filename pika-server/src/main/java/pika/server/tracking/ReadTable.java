package pika.server.tracking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which clients have read which keys since they were last told of them. As in Redis, names are not
 * per database. Bounded in keys: an excess key evicts another, whose readers have to be told; and
 * in readers per key, of whom some may be gone. Thread-safe.
 */
final class ReadTable {
  /** Keys evicted at once when the bound is lowered, so that nobody waits for long. */
  private static final int MOST_AT_ONCE = 1000;

  private final LongPredicate isThere;
  private final Map<String, Readers> readers = new ConcurrentHashMap<>();
  private final AtomicLong keys = new AtomicLong();
  private final AtomicLong items = new AtomicLong();
  /** Cycles through the keys, so that eviction costs the same wherever they are. */
  private Iterator<String> victims = List.<String>of().iterator(); // guarded by this

  /**
   * Creates an empty table.
   *
   * @param isThere returns whether the client with an id is still connected
   */
  ReadTable(LongPredicate isThere) {
    this.isThere = isThere;
  }

  /** Receives the reads of an evicted key. */
  interface Farewell {
    void tell(String key, List<Read> reads);
  }

  /** The readers of one key. */
  private static final class Readers {
    private static final int FEW = 16;

    private final Map<Long, Read> byClient = new HashMap<>(2);
    private int mostUnlooked = FEW;

    /**
     * Removes readers that are gone, once there are twice as many readers as remained the last
     * time.
     */
    void shrink(LongPredicate isThere) {
      if (byClient.size() > mostUnlooked) {
        byClient.keySet().removeIf(id -> !isThere.test(id));
        mostUnlooked = Math.max(FEW, 2 * byClient.size());
      }
    }
  }

  void add(String key, Read read) {
    readers.compute(key, (name, present) -> {
      Readers ofKey = present;
      if (ofKey == null) {
        ofKey = new Readers();
        keys.incrementAndGet();
      }
      int before = ofKey.byClient.size();
      ofKey.byClient.merge(read.clientId(), read, Read::again);
      ofKey.shrink(isThere);
      items.addAndGet(ofKey.byClient.size() - before);
      return ofKey;
    });
  }

  /**
   * Removes and returns the reads whose clients must be told of a change to a key.
   * A client that changed it itself and has read it since stays.
   */
  List<Read> take(String key, Moment change) {
    List<Read> taken = new ArrayList<>(1);
    readers.computeIfPresent(key, (name, ofKey) -> {
      items.addAndGet(-ofKey.byClient.size());
      Read staying = null;
      for (Read read : ofKey.byClient.values()) {
        boolean stays = read.isSince(change);
        if (!stays || read.isBefore(change)) {
          taken.add(read);
        }
        staying = stays ? read.afresh() : staying;
      }
      if (staying == null) {
        keys.decrementAndGet();
        return null;
      }
      ofKey.byClient.clear();
      ofKey.byClient.put(staying.clientId(), staying);
      items.incrementAndGet();
      return ofKey;
    });
    return taken;
  }

  /** Removes what was read before everything changed; all clients are told so. */
  void clear(Moment change) {
    readers.keySet().forEach(key -> take(key, change));
  }

  long keys() {
    return keys.get();
  }

  long items() {
    return items.get();
  }

  /** Evicts keys while there are more than {@code most}, but not too many at once. */
  void shrink(long most, Farewell farewell) {
    for (int i = 0; i < MOST_AT_ONCE && keys.get() > most; i++) {
      String victim = victim();
      if (victim == null) {
        return;
      }
      List<Read> ofKey = take(victim, Moment.NOBODYS);
      if (!ofKey.isEmpty()) {
        farewell.tell(victim, ofKey);
      }
    }
  }

  private synchronized @Nullable String victim() {
    if (!victims.hasNext()) {
      victims = readers.keySet().iterator();
    }
    return victims.hasNext() ? victims.next() : null;
  }
}
