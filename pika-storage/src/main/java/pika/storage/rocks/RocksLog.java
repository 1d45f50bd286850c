package pika.storage.rocks;

import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;
import org.slf4j.LoggerFactory;

/**
 * What RocksDB has to say, in the server's own log. It keeps no log of its own: there is one place to
 * look, and a directory that can't be opened is left as it was. Called on RocksDB's threads.
 */
final class RocksLog extends Logger {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(RocksLog.class);

  RocksLog() {
    super(InfoLogLevel.WARN_LEVEL);
  }

  @Override
  protected void log(InfoLogLevel level, String message) {
    switch (level) {
      case WARN_LEVEL -> LOG.warn("RocksDB: {}", message.strip());
      case ERROR_LEVEL, FATAL_LEVEL -> LOG.error("RocksDB: {}", message.strip());
      // Its options, line by line, at each start; they also stand in its OPTIONS file.
      default -> {}
    }
  }
}
