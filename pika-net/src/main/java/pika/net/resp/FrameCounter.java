package pika.net.resp;

import org.jspecify.annotations.Nullable;

/**
 * Counts the replies of a stream without decoding them, for load generators. The stream may be
 * split anywhere. Only lines are inspected: the bytes of bulk strings are skipped, and a nested
 * list is just a count of outstanding elements. Confined to one thread.
 */
public final class FrameCounter {

  private enum State {
    TYPE,
    LINE,
    BODY
  }

  private final ReplyLines line = new ReplyLines();

  private State state = State.TYPE;
  private char type;
  /** Elements still expected of the current frame, at all depths; 0 between frames. */
  private long open;
  /** Bytes still expected of a bulk string, including its line break. */
  private long body;

  /** Whether the current element is top-level. */
  private boolean outer;

  private boolean push;

  private long replies;
  private long errors;
  private long pushes;
  private long bytes;
  private @Nullable String firstError;

  /**
   * Consumes {@code in} up to {@code to}, the end of {@code most} more replies, or the beginning of
   * a push, whichever comes first. Returns the index after what it consumed.
   *
   * @throws ProtocolException if the bytes are not a reply; the counter is then unusable
   */
  public int count(byte[] in, int from, int to, long most) throws ProtocolException {
    long last = replies + most;
    int at = from;
    while (at < to && (open > 0 || (replies < last && in[at] != '>'))) {
      at = step(in, at, to);
    }
    bytes += at - from;
    return at;
  }

  /** Like {@link #count}, but consumes everything, pushes included. */
  public void countAll(byte[] in, int from, int to) throws ProtocolException {
    int at = from;
    while (at < to) {
      at = step(in, at, to);
    }
    bytes += to - from;
  }

  /** Whether the stream is between two frames. */
  public boolean isBetween() {
    return open == 0;
  }

  public long replies() {
    return replies;
  }

  /** How many of the replies were errors; errors inside lists are not counted. */
  public long errors() {
    return errors;
  }

  /** Push frames; not included in {@link #replies}. */
  public long pushes() {
    return pushes;
  }

  /** All bytes consumed. */
  public long bytes() {
    return bytes;
  }

  /** The text of the first reply that was an error. */
  public @Nullable String firstError() {
    return firstError;
  }

  private int step(byte[] in, int at, int to) throws ProtocolException {
    switch (state) {
      case TYPE -> {
        type = (char) in[at];
        outer = open == 0;
        if (outer) {
          open = 1;
          push = type == '>';
        }
        state = State.LINE;
        return at + 1;
      }
      case LINE -> {
        int next = line.read(in, at, to);
        if (next < 0) {
          return to;
        }
        lineEnded();
        line.release();
        return next;
      }
      default -> {
        int taken = (int) Math.min(body, to - at);
        body -= taken;
        if (body == 0) {
          state = State.TYPE;
          ended(1);
        }
        return at + taken;
      }
    }
  }

  private void lineEnded() throws ProtocolException {
    state = State.TYPE;
    switch (type) {
      case '+', ':', '_', ',', '#', '(' -> ended(1);
      case '-' -> {
        error(line.text());
        ended(1);
      }
      case '$', '=', '!' -> {
        if (type == '$' && line.isAbsent()) {
          ended(1);
        } else {
          if (type == '!') {
            error("an error of several lines");
          }
          body = line.length() + 2L;
          state = State.BODY;
        }
      }
      case '*', '~', '>' -> ended(type == '*' && line.isAbsent() ? 1 : 1 - (long) line.length());
      case '%' -> ended(1 - 2L * line.length());
      // An attribute precedes the element it describes, so it does not count as one.
      case '|' -> ended(-2L * line.length());
      default -> throw new ProtocolException("Protocol error: unknown reply type " + type);
    }
  }

  /** Subtracts completed elements; negative when a list begins, which adds its elements. */
  private void ended(long elements) {
    open -= elements;
    if (open == 0 && push) {
      pushes++;
    } else if (open == 0) {
      replies++;
    }
  }

  private void error(String text) {
    if (outer) {
      errors++;
      firstError = firstError == null ? text : firstError;
    }
  }
}
