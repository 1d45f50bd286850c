package pika.storage.key;

/**
 * Notes in records when they were used last, to the second (OBJECT IDLETIME). The note is kept with the record in memory and
 * is no change: it is not written for its own sake. Confined to the thread that runs the unit.
 */
final class AccessTimes {
  private static final int MS_PER_SECOND = 1000;

  private final long startedAtMs;
  private long nowMs;
  private boolean kept;

  /** What was never used since the store was opened counts as used at that moment. */
  AccessTimes(long startedAtMs) {
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
  void used(KeyRecord record) {
    if (!kept) {
      touch(record);
    }
  }

  /** A command has made the record. */
  void written(KeyRecord record) {
    if (!kept || record.accessedAtS() == KeyRecord.NEVER_ACCESSED) {
      touch(record);
    }
  }

  /** Counts as a use whatever the step was told to keep. */
  void touch(KeyRecord record) {
    record.accessedAtS(seconds());
  }

  long idleSeconds(KeyRecord record) {
    int since = record.accessedAtS();
    if (since == KeyRecord.NEVER_ACCESSED) {
      since = (int) (startedAtMs / MS_PER_SECOND);
    }
    return Math.max(0, seconds() - since);
  }

  /** Has the record look as if it had not been used for so long. */
  void unusedFor(KeyRecord record, long seconds) {
    long since = seconds() - seconds;
    record.accessedAtS((int) Math.max(KeyRecord.NEVER_ACCESSED + 1L, since));
  }

  private int seconds() {
    return (int) (nowMs / MS_PER_SECOND);
  }
}
