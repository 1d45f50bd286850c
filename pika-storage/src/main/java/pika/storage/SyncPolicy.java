package pika.storage;

/**
 * When a commit is synced to disk ({@code appendfsync}). With any policy, the death of the process
 * alone loses nothing.
 */
public enum SyncPolicy {
  /** Before it is acknowledged: the death of the machine loses nothing. */
  ALWAYS,
  /** Once a second: the death of the machine loses at most about a second. */
  EVERY_SECOND,
  /** Whenever the operating system does it. */
  NO
}
