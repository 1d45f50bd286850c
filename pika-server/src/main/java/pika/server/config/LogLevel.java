package pika.server.config;

/** How much is logged, the most talkative first. */
public enum LogLevel {
  DEBUG,
  VERBOSE,
  NOTICE,
  WARNING
}
