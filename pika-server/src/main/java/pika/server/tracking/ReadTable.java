package pika.server.tracking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import pika.server.pubsub.Origin;
import pika.server.session.Session;

/**
 * Which clients have read which keys since they were last told of them. Names are the same in all
 * databases, as in Redis. Bounded in keys: one too many drives another out, whose readers have to be
 * told. Safe for many threads.
 */
final class ReadTable {
  /** Keys driven out at once when the bound is lowered, so that nobody is held up for long. */
  private static final int MOST_AT_ONCE = 1000;

  private final Map<String, Map<Session, Reader>> readers = new ConcurrentHashMap<>();
  private final AtomicLong keys = new AtomicLong();
  private final AtomicLong items = new AtomicLong();
  /** Goes round, so that driving out one key costs the same wherever the others lie. */
  private Iterator<String> victims = List.<String>of().iterator(); // guarded by this

  /** Takes the readers of a key that is driven out. */
  interface Farewell {
    void tell(String key, List<Reader> readers);
  }

  void add(String key, Reader reader) {
    readers.compute(key, (name, present) -> {
      Map<Session, Reader> ofKey = present;
      if (ofKey == null) {
        ofKey = new HashMap<>(2);
        keys.incrementAndGet();
      }
      Reader before = ofKey.get(reader.session());
      ofKey.put(reader.session(), before == null ? reader : before.again(reader.latest()));
      if (before == null) {
        items.incrementAndGet();
      }
      return ofKey;
    });
  }

  /**
   * Takes those out who have to be told that {@code origin} has changed a key. Who has changed it
   * itself and read it since stays.
   */
  List<Reader> take(String key, @Nullable Origin origin) {
    List<Reader> taken = new ArrayList<>(1);
    readers.computeIfPresent(key, (name, ofKey) -> {
      items.addAndGet(-ofKey.size());
      Reader staying = null;
      for (Reader reader : ofKey.values()) {
        boolean stays = reader.hasReadSince(origin);
        if (!stays || reader.hasReadBefore(origin)) {
          taken.add(reader);
        }
        staying = stays ? reader.afresh() : staying;
      }
      if (staying == null) {
        keys.decrementAndGet();
        return null;
      }
      ofKey.clear();
      ofKey.put(staying.session(), staying);
      items.incrementAndGet();
      return ofKey;
    });
    return taken;
  }

  /** Forgets all, whose readers have been told that everything has changed. */
  void clear() {
    readers.keySet().forEach(key -> take(key, null));
  }

  long keys() {
    return keys.get();
  }

  long items() {
    return items.get();
  }

  /** Takes keys out as long as there are more than {@code most}, but not too many at once. */
  void shrink(long most, Farewell farewell) {
    for (int i = 0; i < MOST_AT_ONCE && keys.get() > most; i++) {
      String victim = victim();
      if (victim == null) {
        return;
      }
      List<Reader> ofKey = take(victim, null);
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
