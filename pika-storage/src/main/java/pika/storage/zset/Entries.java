package pika.storage.zset;

import pika.storage.bytes.Slice;

/**
 * Iterates over members with their scores. Starts before the first; must be closed by the scope
 * that opened it. The set must not change meanwhile. Confined to the thread of its unit of work.
 */
public interface Entries extends AutoCloseable {
  /** Moves to the next entry; returns false when there is none. */
  boolean next();

  /** Returns the score of the entry. */
  double score();

  /** Returns the member of the entry. Remains valid after {@link #next}. */
  Slice member();

  @Override
  void close();
}
