package pika.storage.rdb;

/** The elements of a collection one after the other; keys and values, or members and scores, alternate. */
interface ElementReader {
  boolean hasNext();

  /** The next one; integers as their text. */
  byte[] next();

  /** So many strings. */
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
