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
 * All keys that clients watch.
 *
 * <p>No change is missed: WATCH holds the locks of its keys while it {@link WatchedKeys#add adds} them, EXEC holds them when
 * it asks, and {@link #committed} is told of every change before the locks of its keys are given back.
 *
 * <p>While nobody watches, a commit pays one volatile read; else one look into a hash table for each key it changes.
 *
 * <p>Safe for many threads.
 */
public final class Watches implements CommitHook {
  private final AtomicInteger count = new AtomicInteger();
  private final Map<Key, Set<WatchedKeys.Watch>> byKey = new ConcurrentHashMap<>();

  /** For a client that begins to watch. */
  public WatchedKeys newKeys() {
    return new WatchedKeys(this);
  }

  /** How many keys are watched, each as often as there are clients that watch it. */
  public int count() {
    return count.get();
  }

  /** How many keys are watched by somebody. */
  public int keyCount() {
    return byKey.size();
  }

  synchronized void add(WatchedKeys.Watch watch) {
    count.incrementAndGet();
    join(watch);
  }

  /** Watches that were added, each once. */
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
