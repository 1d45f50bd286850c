package pika.server.command;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.ErrorReply;
import pika.server.config.ConfigException;
import pika.storage.key.DataException;
import pika.storage.key.WrongTypeException;
import pika.storage.rocks.StorageException;

/**
 * Maps an exception that ended a command to its error reply. A user's mistake is only answered; a
 * storage failure or a bug is logged as well. This is the only place that does either. Thread-safe.
 */
public final class ErrorReplies {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReplies.class);

  private static final String WRONG_TYPE =
      "WRONGTYPE Operation against a key holding the wrong kind of value";
  private static final String OUT_OF_MEMORY =
      "OOM not enough memory for this command, see max-memory-budget";
  private static final String DISK_FULL = "No space left on device";

  /** Maximum number of stack traces logged, one per bug; after that, one line each. */
  private static final int MOST_BUGS = 100;

  private final FailureLog failures = new FailureLog(System::nanoTime);
  private final Set<String> bugs = ConcurrentHashMap.newKeySet();

  /** Returns the reply to what {@code spec} threw, which must not be {@code WouldBlock}. */
  public ErrorReply of(Throwable thrown, CommandSpec spec) {
    if (thrown instanceof CommandException mistake) {
      return new ErrorReply(mistake.errorText());
    }
    if (thrown instanceof WrongTypeException) {
      return new ErrorReply(WRONG_TYPE);
    }
    if (thrown instanceof DataException mistake) {
      return new ErrorReply(text(mistake.problem()));
    }
    if (thrown instanceof ConfigException refused) {
      return new ErrorReply(String.valueOf(refused.getMessage()));
    }
    if (thrown instanceof StorageException failure) {
      return failed(failure, spec);
    }
    if (thrown instanceof OutOfMemoryError) {
      failures.add(spec.fullName(), thrown.getMessage());
      return new ErrorReply(OUT_OF_MEMORY);
    }
    return bug(thrown, spec);
  }

  private static String text(DataException.Problem problem) {
    return switch (problem) {
      case NOT_AN_INTEGER -> "ERR value is not an integer or out of range";
      case NOT_A_FLOAT -> "ERR value is not a valid float";
      case WEIGHT_NOT_A_FLOAT -> "ERR One or more scores can't be converted into double";
      case FIELD_NOT_AN_INTEGER -> "ERR hash value is not an integer";
      case FIELD_NOT_A_FLOAT -> "ERR hash value is not a float";
      case INFINITE_VALUE -> "ERR value is NaN or Infinity";
      case OVERFLOW -> "ERR increment or decrement would overflow";
      case NAN_OR_INFINITY -> "ERR increment would produce NaN or Infinity";
      case STRING_TOO_LONG -> "ERR string exceeds maximum allowed size (proto-max-bulk-len)";
      case NOT_A_HYPERLOGLOG -> "WRONGTYPE Key is not a valid HyperLogLog string value.";
      case CORRUPT_HYPERLOGLOG -> "INVALIDOBJ Corrupted HLL object detected";
    };
  }

  // Clients of Redis know MISCONF as "the data cannot be written to disk".
  private ErrorReply failed(StorageException failure, CommandSpec spec) {
    failures.add(spec.fullName(), failure.getMessage());
    if (failure.getCause() instanceof OutOfMemoryError) {
      return new ErrorReply(OUT_OF_MEMORY);
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains(DISK_FULL)) {
      return new ErrorReply("MISCONF Errors writing to disk: " + DISK_FULL);
    }
    return new ErrorReply("ERR storage failure: " + message);
  }

  // The number leads from a user's report to the stack trace in the log. It is derived from the
  // trace, so that a repeated bug is logged with its trace only once.
  private ErrorReply bug(Throwable thrown, CommandSpec spec) {
    int trace =
        31 * thrown.getClass().getName().hashCode() + Arrays.hashCode(thrown.getStackTrace());
    String incident = "incident " + Integer.toHexString(trace);
    if (bugs.size() < MOST_BUGS && bugs.add(incident)) {
      LOG.error(
          "{} failed because of a bug in the server, {}; please report it with this stack trace",
          spec.fullName(),
          incident,
          thrown);
    } else {
      failures.add(spec.fullName(), "bug in the server, " + incident);
    }
    return new ErrorReply("ERR internal error, " + incident);
  }
}
