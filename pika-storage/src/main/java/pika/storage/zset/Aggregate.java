package pika.storage.zset;

/** How a member's scores in several sets are combined. */
public enum Aggregate {
  SUM {
    @Override
    double of(double a, double b) {
      double sum = a + b;
      // The sum of opposite infinities counts as 0.
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
