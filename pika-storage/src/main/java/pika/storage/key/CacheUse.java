package pika.storage.key;

/** How one unit of work uses the record cache. Confined to the thread that runs the unit. */
final class CacheUse {
  private final CacheFigures figures;
  private long lookUps;
  private long loads;

  CacheUse(CacheFigures figures) {
    this.figures = figures;
  }

  /** Counts a record or row that was looked up, be it in the cache or in RocksDB. */
  void lookedUp() {
    lookUps++;
  }

  /** Counts a record or row that was looked for in RocksDB, now or ahead of its use. */
  void loaded() {
    loads++;
  }

  /** Adds the counts to the figures and resets them. */
  void publish() {
    if (lookUps + loads > 0) {
      figures.add(lookUps, loads);
      lookUps = 0;
      loads = 0;
    }
  }
}
