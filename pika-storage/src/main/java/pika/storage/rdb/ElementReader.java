package pika.storage.rdb;

/**
 * Iterates over the elements of a collection; keys and values, or members and scores, alternate.
 */
interface ElementReader {
  boolean hasNext();

  /** Returns the next one; integers as text. */
  byte[] next();

  /** Returns a reader of {@code count} strings. */
  static ElementReader strings(RdbInput in, long count) {
    return new ElementReader() {
      private long left = count;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public byte[] next() {
        left--;
        return in.takeString();
      }
    };
  }
}
