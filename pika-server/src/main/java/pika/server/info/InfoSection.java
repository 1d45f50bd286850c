package pika.server.info;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** One section of INFO. Thread-safe. */
public interface InfoSection {

  /** The sections, in the order in which INFO shows them. */
  enum Part {
    SERVER("Server"),
    CLIENTS("Clients"),
    MEMORY("Memory"),
    PERSISTENCE("Persistence"),
    STATS("Stats"),
    REPLICATION("Replication"),
    CPU("CPU"),
    COMMANDSTATS("Commandstats"),
    ERRORSTATS("Errorstats"),
    LATENCYSTATS("Latencystats"),
    CLUSTER("Cluster"),
    ROCKSDB("RocksDB"),
    KEYSPACE("Keyspace");

    /** Shown by default; the others are long. */
    static final Set<Part> DEFAULT = Collections.unmodifiableSet(
        EnumSet.complementOf(EnumSet.of(COMMANDSTATS, LATENCYSTATS, ROCKSDB)));

    private final String heading;

    Part(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }

    String sectionName() {
      return heading.toLowerCase(Locale.ROOT);
    }
  }

  Part part();

  void writeTo(InfoText text);

  /** Resets the section's counters, if any. */
  default void resetStatistics() {}
}
