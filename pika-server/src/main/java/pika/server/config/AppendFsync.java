package pika.server.config;

/** When the write-ahead log is synced to disk. */
public enum AppendFsync {
  EVERYSEC,
  ALWAYS,
  NO
}
