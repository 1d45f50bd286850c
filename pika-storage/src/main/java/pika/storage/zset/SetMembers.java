package pika.storage.zset;

import pika.storage.element.Elements;

/** The members of a plain set as an operand of set operations, each with score 1. */
public record SetMembers(Elements elements) implements Members {
  private static final double SCORE = 1;

  @Override
  public long size() {
    return elements.size();
  }

  @Override
  public double score(byte[] member) {
    return elements.contains(member) ? SCORE : Double.NaN;
  }

  @Override
  public void forEach(MemberVisitor visitor) {
    elements.forEach((name, value) -> visitor.visit(SCORE, name));
  }
}
