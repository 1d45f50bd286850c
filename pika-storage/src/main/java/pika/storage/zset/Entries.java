package pika.storage.zset;

import pika.storage.bytes.Slice;

/**
 * A walk over members with their scores. It stands before the first one at first, and must be closed by the scope that
 * opened it; the set must not be changed meanwhile. Confined to the thread of its unit of work.
 */
public interface Entries extends AutoCloseable {
  /** Goes on to the next entry; false when there is none left. */
  boolean next();

  /** The score of the entry. */
  double score();

  /** The member of the entry. It stays what it is after {@link #next}. */
  Slice member();

  @Override
  void close();
}
