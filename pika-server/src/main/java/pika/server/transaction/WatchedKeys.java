package pika.server.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pika.storage.key.Engine;
import pika.storage.key.Key;
import pika.storage.key.UnitOfWork;

/**
 * The keys that one client watches. Used by the thread that runs its commands, and by the one that learns that the client is
 * gone, perhaps at the same time; that one of them has changed is told by any thread.
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
   * Watches a key from now on, if it isn't watched yet. The unit holds its lock, and has not itself changed it.
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

  /** The names of the keys, by whatever database. */
  public List<byte[]> userKeys() {
    return watches().stream().map(watch -> watch.userKey).toList();
  }

  /** Whether the unit has changed one of the keys and not committed that yet. */
  public boolean areBeingChangedBy(UnitOfWork unit) {
    for (Watch watch : watches()) {
      if (unit.hasChanged(watch.key)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a change of one of the keys has been told; from any thread. */
  boolean isTouched() {
    return touched;
  }

  /** Whether one of the keys has changed since it is watched, or its time is over. The unit holds their locks. */
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

  /** Watches nothing any more, and nothing that is added later. */
  synchronized void forgetAll() {
    forgotten = true;
    all.remove(watches);
    watches.clear();
  }

  /** One key. */
  final class Watch {
    private final int database;
    private final byte[] userKey;
    /** Whether a live value stood under the key at first: that an expired one is removed is no change. */
    private final boolean wasThere;
    /** Which key the name stands for; changed while nobody holds a lock. */
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

    /** The database was emptied or exchanged: a change where a live value was there, or is now. */
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
