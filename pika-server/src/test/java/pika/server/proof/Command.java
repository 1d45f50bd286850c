package pika.server.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One request: a name and arguments, as bytes. Immutable by agreement: nobody writes into the
 * arrays.
 */
public final class Command {
  private static final byte[] CRLF = {'\r', '\n'};

  private final List<byte[]> args;

  private Command(List<byte[]> args) {
    this.args = List.copyOf(args);
  }

  /** Arguments may be byte arrays, numbers, or strings whose characters are bytes. */
  public static Command of(Object... args) {
    List<byte[]> bytes = new ArrayList<>(args.length);
    for (Object arg : args) {
      bytes.add(arg instanceof byte[] raw ? raw : Notation.bytes(String.valueOf(arg)));
    }
    return new Command(bytes);
  }

  public static Command of(List<byte[]> args) {
    return new Command(args);
  }

  /** Reads the notation that {@link #toString} prints. */
  public static Command parse(String line) {
    return new Command(Notation.words(line));
  }

  public List<byte[]> args() {
    return args;
  }

  /** The first word in upper case. */
  public String name() {
    return Notation.text(args.get(0)).toUpperCase(Locale.ROOT);
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(Notation.bytes("*" + args.size() + "\r\n"));
    for (byte[] arg : args) {
      out.write(Notation.bytes("$" + arg.length + "\r\n"));
      out.write(arg);
      out.write(CRLF);
    }
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (byte[] arg : args) {
      out.append(out.isEmpty() ? "" : " ").append(Notation.abridgedWord(arg));
    }
    return out.toString();
  }
}
