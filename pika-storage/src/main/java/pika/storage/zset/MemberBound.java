package pika.storage.zset;

import java.util.function.DoubleFunction;

/** One end of a range of members that all have the same score (ZRANGEBYLEX). */
public final class MemberBound {
  /** Before every member. */
  public static final MemberBound LEAST = new MemberBound(score -> Cut.START, score -> Cut.START);

  /** After every member. */
  public static final MemberBound GREATEST = new MemberBound(score -> Cut.END, score -> Cut.END);

  private final DoubleFunction<Cut> asLower;
  private final DoubleFunction<Cut> asUpper;

  private MemberBound(DoubleFunction<Cut> asLower, DoubleFunction<Cut> asUpper) {
    this.asLower = asLower;
    this.asUpper = asUpper;
  }

  /** Returns an inclusive bound. */
  public static MemberBound including(byte[] member) {
    return new MemberBound(score -> Cut.before(score, member), score -> Cut.behind(score, member));
  }

  /** Returns an exclusive bound. */
  public static MemberBound excluding(byte[] member) {
    return new MemberBound(score -> Cut.behind(score, member), score -> Cut.before(score, member));
  }

  Cut asLower(double score) {
    return asLower.apply(score);
  }

  Cut asUpper(double score) {
    return asUpper.apply(score);
  }
}
