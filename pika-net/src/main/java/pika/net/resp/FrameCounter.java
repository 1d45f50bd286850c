package pika.net.resp;

import org.jspecify.annotations.Nullable;

/**
 * Counts the replies of a stream, at any split of it, without making anything of them: a load
 * generator's end. Costs a look at each line; the bytes of long strings are stepped over, lists of
 * any depth are a number. Confined to one thread.
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
  /** Of the frame under way: what is still to come of its strings and lists; 0 between frames. */
  private long open;
  /** Bytes of a string that are still to come, its line break included. */
  private long body;

  /** Whether the element under way is no other's part. */
  private boolean outer;

  private boolean push;

  private long replies;
  private long errors;
  private long pushes;
  private long bytes;
  private @Nullable String firstError;

  /**
   * Reads on in {@code in} up to {@code to}, to the end of {@code most} more replies, or to the
   * beginning of a push, whichever comes first, and returns the index behind what it consumed.
   *
   * @throws ProtocolException if the bytes are no reply; the counter is of no use afterwards
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

  /** Like {@link #count}, for a stream in which pushes are wanted as well: consumes all. */
  public void countAll(byte[] in, int from, int to) throws ProtocolException {
    int at = from;
    while (at < to) {
      at = step(in, at, to);
    }
    bytes += to - from;
  }

  /** Whether no frame is under way. */
  public boolean isBetween() {
    return open == 0;
  }

  public long replies() {
    return replies;
  }

  /** How many of the replies were errors; those inside lists are not counted. */
  public long errors() {
    return errors;
  }

  /** Frames that answer nothing; not among {@link #replies}. */
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
      // An attribute stands in front of what it is about.
      case '|' -> ended(-2L * line.length());
      default -> throw new ProtocolException("Protocol error: unknown reply type " + type);
    }
  }

  /** So many fewer elements are still to come, or more if a list has begun. */
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
