package pika.server.config;

/** How much is logged, most verbose first. */
public enum LogLevel {
  DEBUG,
  VERBOSE,
  NOTICE,
  WARNING
}
