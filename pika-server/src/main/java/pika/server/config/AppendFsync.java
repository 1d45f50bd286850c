package pika.server.config;

/** When the write-ahead log is forced to the disk. */
public enum AppendFsync {
  EVERYSEC,
  ALWAYS,
  NO
}
