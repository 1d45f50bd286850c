package pika.storage.key;

/**
 * Tracks when records were last used, in seconds (OBJECT IDLETIME). The access time lives only with
 * the cached record; it is not a change and is never written for its own sake. Confined to the
 * thread that runs the unit.
 */
final class AccessTimes {
  private static final int MS_PER_SECOND = 1000;

  private final RecordCache cache;
  private final long startedAtMs;
  private long nowMs;
  private boolean kept;

  /**
   * Creates the tracker of one unit. A record with no access time counts as last used at
   * {@code startedAtMs}.
   */
  AccessTimes(RecordCache cache, long startedAtMs) {
    this.cache = cache;
    this.startedAtMs = startedAtMs;
  }

  void beginStep(long nowMs) {
    this.nowMs = nowMs;
    kept = false;
  }

  /** Until the step ends, reads and writes leave existing access times alone. */
  void keep() {
    kept = true;
  }

  /** Records that a command has read the record. */
  void used(Key key, KeyRecord record) {
    if (!kept) {
      touch(key, record);
    }
  }

  /** Records that a command has written the record. */
  void written(KeyRecord record) {
    if (!kept || record.accessedAtS() == KeyRecord.NEVER_ACCESSED) {
      record.accessedAtS(seconds());
    }
  }

  /** Counts as a use even after {@link #keep}. */
  void touch(Key key, KeyRecord record) {
    note(key, record, seconds());
  }

  /** Returns how long the record has been idle, in seconds. */
  long idleSeconds(KeyRecord record) {
    int since = record.accessedAtS();
    if (since == KeyRecord.NEVER_ACCESSED) {
      since = (int) (startedAtMs / MS_PER_SECOND);
    }
    return Math.max(0, seconds() - since);
  }

  /** Backdates the record's access time by {@code seconds}. */
  void unusedFor(Key key, KeyRecord record, long seconds) {
    long since = seconds() - seconds;
    note(key, record, (int) Math.max(KeyRecord.NEVER_ACCESSED + 1L, since));
  }

  /** Updates the cache as well, because the record may be a copy of the cached one. */
  private void note(Key key, KeyRecord record, int atS) {
    if (record.accessedAtS() != atS) {
      record.accessedAtS(atS);
      cache.touch(key, atS);
    }
  }

  private int seconds() {
    return (int) (nowMs / MS_PER_SECOND);
  }
}
