package pika.server.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pika.storage.key.Engine;
import pika.storage.key.Key;
import pika.storage.key.UnitOfWork;

/**
 * The keys that one client watches. Used by the thread that runs its commands and by the one that
 * learns that the client is gone, possibly at the same time; changes are reported from any thread.
 */
public final class WatchedKeys {
  private final Watches all;
  private final List<Watch> watches = new ArrayList<>(); // guarded by this
  private boolean forgotten; // guarded by this
  private volatile boolean touched;

  WatchedKeys(Watches all) {
    this.all = all;
  }

  /**
   * Watches a key from now on, if it isn't watched yet. The unit must hold its lock and must not
   * have changed it.
   */
  public void add(UnitOfWork unit, int database, byte[] userKey) {
    if (!isWatched(database, userKey)) {
      boolean isThere = unit.keyspace(database).header(userKey) != null;
      add(new Watch(database, userKey, unit.key(database, userKey), isThere));
    }
  }

  private synchronized boolean isWatched(int database, byte[] userKey) {
    for (Watch watch : watches) {
      if (watch.database == database && Arrays.equals(watch.userKey, userKey)) {
        return true;
      }
    }
    return false;
  }

  private synchronized void add(Watch watch) {
    if (!forgotten) {
      watches.add(watch);
      all.add(watch);
    }
  }

  private synchronized List<Watch> watches() {
    return List.copyOf(watches);
  }

  /** Returns the names of the keys, whatever their database. */
  public List<byte[]> userKeys() {
    return watches().stream().map(watch -> watch.userKey).toList();
  }

  /** Returns whether the unit has uncommitted changes to one of the keys. */
  public boolean areBeingChangedBy(UnitOfWork unit) {
    for (Watch watch : watches()) {
      if (unit.hasChanged(watch.key)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a change of one of the keys has been reported; from any thread. */
  boolean isTouched() {
    return touched;
  }

  /**
   * Returns whether one of the keys has changed since it was watched, or has expired. The unit
   * holds their locks.
   */
  public boolean areTouched(UnitOfWork unit) {
    if (touched) {
      return true;
    }
    for (Watch watch : watches()) {
      if (watch.wasThere && unit.keyspace(watch.database).header(watch.userKey) == null) {
        return true;
      }
    }
    return false;
  }

  /** Stops watching all keys, including any added later. */
  synchronized void forgetAll() {
    forgotten = true;
    all.remove(watches);
    watches.clear();
  }

  /** One key. */
  final class Watch {
    private final int database;
    private final byte[] userKey;
    /** Whether the key had a live value at first: removing an expired one is no change. */
    private final boolean wasThere;
    /** The stored key that the name refers to; changed only while no other unit holds a lock. */
    private volatile Key key;

    Watch(int database, byte[] userKey, Key key, boolean wasThere) {
      this.database = database;
      this.userKey = userKey;
      this.key = key;
      this.wasThere = wasThere;
    }

    Key key() {
      return key;
    }

    /** {@code stood} says that a value was put there, even if it is gone again. */
    void changed(boolean stood) {
      if (stood || wasThere) {
        touched = true;
      }
    }

    /** Handles a flush or swap: a change if there was a live value, or is one now. */
    void renumbered(Engine engine) {
      Key now = engine.key(database, userKey);
      if (!now.equals(key)) {
        if (wasThere || engine.isLive(now, System.currentTimeMillis())) {
          touched = true;
        }
        key = now;
      }
    }
  }
}
