package pika.storage.key;

/**
 * Notes in records when they were used last, to the second (OBJECT IDLETIME). The note is kept with the record in memory and
 * is no change: it is not written for its own sake. Confined to the thread that runs the unit.
 */
final class AccessTimes {
  private static final int MS_PER_SECOND = 1000;

  private final RecordCache cache;
  private final long startedAtMs;
  private long nowMs;
  private boolean kept;

  /** What was never used since the store was opened counts as used at that moment. */
  AccessTimes(RecordCache cache, long startedAtMs) {
    this.cache = cache;
    this.startedAtMs = startedAtMs;
  }

  void beginStep(long nowMs) {
    this.nowMs = nowMs;
    kept = false;
  }

  /** For the rest of the step, reading and writing is no use of what has been used before. */
  void keep() {
    kept = true;
  }

  /** A command has read the record. */
  void used(Key key, KeyRecord record) {
    if (!kept) {
      touch(key, record);
    }
  }

  /** A command has made the record. */
  void written(KeyRecord record) {
    if (!kept || record.accessedAtS() == KeyRecord.NEVER_ACCESSED) {
      record.accessedAtS(seconds());
    }
  }

  /** Counts as a use whatever the step was told to keep. */
  void touch(Key key, KeyRecord record) {
    note(key, record, seconds());
  }

  long idleSeconds(KeyRecord record) {
    int since = record.accessedAtS();
    if (since == KeyRecord.NEVER_ACCESSED) {
      since = (int) (startedAtMs / MS_PER_SECOND);
    }
    return Math.max(0, seconds() - since);
  }

  /** Has the record look as if it had not been used for so long. */
  void unusedFor(Key key, KeyRecord record, long seconds) {
    long since = seconds() - seconds;
    note(key, record, (int) Math.max(KeyRecord.NEVER_ACCESSED + 1L, since));
  }

  /** The record may be a copy of what the cache has: both are told. */
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
