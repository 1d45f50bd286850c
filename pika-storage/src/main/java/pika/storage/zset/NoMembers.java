package pika.storage.zset;

/** A missing key as an operand of set operations. */
enum NoMembers implements Members {
  INSTANCE;

  @Override
  public long size() {
    return 0;
  }

  @Override
  public double score(byte[] member) {
    return Double.NaN;
  }

  @Override
  public void forEach(MemberVisitor visitor) {
    // Nothing to visit.
  }
}
