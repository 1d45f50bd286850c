package pika.server.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import pika.storage.key.Change;
import pika.storage.key.CommitHook;
import pika.storage.key.Engine;
import pika.storage.key.Key;

/**
 * All watched keys.
 *
 * <p>No change is missed: WATCH holds the locks of its keys while it
 * {@linkplain WatchedKeys#add adds} them, EXEC holds them when it checks, and {@link #committed}
 * sees every change before the locks of its keys are released.
 *
 * <p>While nobody watches, a commit costs one volatile read; otherwise one hash lookup per changed
 * key.
 *
 * <p>Thread-safe.
 */
public final class Watches implements CommitHook {
  private final AtomicInteger count = new AtomicInteger();
  private final Map<Key, Set<WatchedKeys.Watch>> byKey = new ConcurrentHashMap<>();

  /** Returns the watched keys of one client, still empty. */
  public WatchedKeys newKeys() {
    return new WatchedKeys(this);
  }

  /** Returns how many keys are watched, counted once per client. */
  public int count() {
    return count.get();
  }

  /** Returns how many distinct keys are watched. */
  public int keyCount() {
    return byKey.size();
  }

  synchronized void add(WatchedKeys.Watch watch) {
    count.incrementAndGet();
    join(watch);
  }

  /** Removes watches that were added; each must be given once. */
  synchronized void remove(List<WatchedKeys.Watch> watches) {
    watches.forEach(this::leave);
    count.addAndGet(-watches.size());
  }

  private void join(WatchedKeys.Watch watch) {
    byKey.computeIfAbsent(watch.key(), key -> ConcurrentHashMap.newKeySet()).add(watch);
  }

  private void leave(WatchedKeys.Watch watch) {
    byKey.computeIfPresent(watch.key(), (key, present) -> {
      present.remove(watch);
      return present.isEmpty() ? null : present;
    });
  }

  @Override
  public void committed(List<Change> changes) {
    if (count.get() == 0) {
      return;
    }
    for (Change change : changes) {
      if (change.isNoticed()) {
        for (WatchedKeys.Watch watch : byKey.getOrDefault(change.key(), Set.of())) {
          watch.changed(change.stood());
        }
      }
    }
  }

  @Override
  public synchronized void renumbered(Engine engine) {
    List<WatchedKeys.Watch> all = new ArrayList<>();
    byKey.values().forEach(all::addAll);
    for (WatchedKeys.Watch watch : all) {
      leave(watch);
      watch.renumbered(engine);
      join(watch);
    }
  }
}
