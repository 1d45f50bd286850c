package pika.storage.zset;

import pika.storage.bytes.Slice;

/** What is under a key that isn't there, as an operand of set operations. */
final class NoMembers implements Members, Entries {
  static final NoMembers INSTANCE = new NoMembers();

  private NoMembers() {}

  @Override
  public long size() {
    return 0;
  }

  @Override
  public double score(byte[] member) {
    return Double.NaN;
  }

  @Override
  public Entries all() {
    return this;
  }

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public double score() {
    throw new IllegalStateException("there is no entry");
  }

  @Override
  public Slice member() {
    throw new IllegalStateException("there is no entry");
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
