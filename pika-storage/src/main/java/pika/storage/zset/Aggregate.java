package pika.storage.zset;

/** How the scores that a member has in several sets become one. */
public enum Aggregate {
  SUM {
    @Override
    double of(double a, double b) {
      double sum = a + b;
      // The two infinities together count as nothing.
      return Double.isNaN(sum) ? 0 : sum;
    }
  },
  MIN {
    @Override
    double of(double a, double b) {
      return b < a ? b : a;
    }
  },
  MAX {
    @Override
    double of(double a, double b) {
      return b > a ? b : a;
    }
  };

  abstract double of(double a, double b);
}
