package pika.storage.zset;

/** One end of a range of scores. */
public final class ScoreBound {
  private final Cut asLower;
  private final Cut asUpper;

  private ScoreBound(Cut asLower, Cut asUpper) {
    this.asLower = asLower;
    this.asUpper = asUpper;
  }

  /** Returns an inclusive bound; {@code score} is not NaN. */
  public static ScoreBound including(double score) {
    return new ScoreBound(Cut.before(score), Cut.behind(score));
  }

  /** Returns an exclusive bound; {@code score} is not NaN. */
  public static ScoreBound excluding(double score) {
    return new ScoreBound(Cut.behind(score), Cut.before(score));
  }

  Cut asLower() {
    return asLower;
  }

  Cut asUpper() {
    return asUpper;
  }
}
