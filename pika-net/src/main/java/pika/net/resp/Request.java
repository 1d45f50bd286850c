package pika.net.resp;

/**
 * One command as a client sent it: its name and arguments as bytes. The request owns the arrays,
 * and nobody changes them. Safe to hand between threads.
 */
public final class Request {
  private final byte[][] args;
  private final long sequence;
  private final long sizeBytes;
  private final long receivedNanos;

  /**
   * @param args the command's name, then its arguments
   * @param sequence the request's number on its connection, under which it is answered
   * @param sizeBytes the memory of the arguments, for budgets
   * @param receivedNanos {@link System#nanoTime} of the read that completed it
   */
  public Request(byte[][] args, long sequence, long sizeBytes, long receivedNanos) {
    this.args = args;
    this.sequence = sequence;
    this.sizeBytes = sizeBytes;
    this.receivedNanos = receivedNanos;
  }

  /** The name and the arguments; not a copy. */
  public byte[][] args() {
    return args;
  }

  public int argCount() {
    return args.length;
  }

  /** The argument at {@code index}; 0 is the command's name. */
  public byte[] arg(int index) {
    return args[index];
  }

  public long sequence() {
    return sequence;
  }

  public long sizeBytes() {
    return sizeBytes;
  }

  public long receivedNanos() {
    return receivedNanos;
  }
}
