package pika.storage;

/** When a commit is brought to the disk, as {@code appendfsync} says it. The death of the process loses nothing in any. */
public enum SyncPolicy {
  /** Before it is acknowledged: the death of the machine loses nothing. */
  ALWAYS,
  /** Once a second: the death of the machine loses at most about a second. */
  EVERY_SECOND,
  /** When the operating system does it. */
  NO
}
