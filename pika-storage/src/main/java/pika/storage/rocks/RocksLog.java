package pika.storage.rocks;

import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes RocksDB's messages to the server's log. RocksDB keeps no log file of its own: there is one
 * place to look, and a directory that can't be opened stays as it was. Called on RocksDB's threads.
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
      // Its options, line by line, at each start; they are also in its OPTIONS file.
      default -> {}
    }
  }
}
