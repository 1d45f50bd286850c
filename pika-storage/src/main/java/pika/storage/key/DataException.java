package pika.storage.key;

/**
 * Thrown when the data under a key, or an argument, does not allow the operation. A user's mistake:
 * has no stack trace.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Problem {
    /** A value that should be a 64-bit integer isn't one. */
    NOT_AN_INTEGER,
    /** A value that should be a floating point number isn't one. */
    NOT_A_FLOAT,
    /** A weight that elements are sorted by should be a floating point number and isn't one. */
    WEIGHT_NOT_A_FLOAT,
    /** An integer would leave the 64-bit range. */
    OVERFLOW,
    /** A field of a hash that should hold a 64-bit integer doesn't. */
    FIELD_NOT_AN_INTEGER,
    /** A field of a hash that should hold a floating point number doesn't. */
    FIELD_NOT_A_FLOAT,
    /** An argument is NaN or infinite. */
    INFINITE_VALUE,
    /** The result would be NaN or infinite. */
    NAN_OR_INFINITY,
    /** A string would become longer than allowed. */
    STRING_TOO_LONG,
    /** A string that should be a HyperLogLog isn't one. */
    NOT_A_HYPERLOGLOG,
    /** A HyperLogLog's registers can't be read. */
    CORRUPT_HYPERLOGLOG
  }

  private final Problem problem;

  /** Creates the exception for one of the known problems. */
  public DataException(Problem problem) {
    super(problem.name(), null, false, false);
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
