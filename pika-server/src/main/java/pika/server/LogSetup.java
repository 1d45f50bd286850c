package pika.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import org.slf4j.LoggerFactory;
import pika.server.config.Config;
import pika.server.config.ConfigException;
import pika.server.config.ConfigKeys;
import pika.server.config.LogLevel;

/** Directs the log to where the configuration says, and sets its level. */
final class LogSetup {
  private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %msg%n";

  private LogSetup() {}

  /**
   * Logs to the configured file, if any, instead of standard output.
   *
   * @throws ConfigException if it can't be written
   */
  static void open(Config config) {
    String file = config.get(ConfigKeys.LOGFILE);
    if (!file.isEmpty()) {
      LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
      PatternLayoutEncoder encoder = new PatternLayoutEncoder();
      encoder.setContext(context);
      encoder.setPattern(PATTERN);
      encoder.start();
      FileAppender<ILoggingEvent> appender = new RotatedFileAppender();
      appender.setContext(context);
      appender.setFile(file);
      appender.setEncoder(encoder);
      appender.start();
      if (!appender.isStarted()) {
        throw new ConfigException("logfile: cannot write " + file);
      }
      root().detachAndStopAllAppenders();
      root().addAppender(appender);
    }
  }

  /** Maps Redis' log levels to the logging library's. */
  static void level(Config config) {
    LogLevel level = config.get(ConfigKeys.LOGLEVEL);
    root()
        .setLevel(
            switch (level) {
              case DEBUG -> Level.TRACE;
              case VERBOSE -> Level.DEBUG;
              case NOTICE -> Level.INFO;
              case WARNING -> Level.WARN;
            });
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
