package pika.server.command;

import java.util.List;
import java.util.Locale;

/**
 * One argument of a command, or a group of them, as COMMAND DOCS reports it.
 *
 * @param token the fixed word before the argument, or the argument itself if it is a pure token;
 *     empty for none
 * @param children the parts of a {@link Type#BLOCK}, the alternatives of a {@link Type#ONEOF}
 */
public record Argument(
    String name,
    Type type,
    String token,
    boolean optional,
    Repeats repeats,
    List<Argument> children) {

  /** The type of an argument. */
  public enum Type {
    STRING,
    INTEGER,
    DOUBLE,
    KEY,
    PATTERN,
    UNIX_TIME,
    PURE_TOKEN,
    ONEOF,
    BLOCK;

    /** Returns the name that COMMAND DOCS reports: {@code unix-time}. */
    public String redisName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How often an argument may occur. */
  public enum Repeats {
    ONCE,
    /** Several values after one token. */
    VALUES,
    /** Repeatedly, each time with the token. */
    WITH_TOKEN
  }

  static Argument token(String token) {
    return new Argument(
        ArgumentNames.ofToken(token), Type.PURE_TOKEN, token, false, Repeats.ONCE, List.of());
  }

  static Argument value(String name, Type type) {
    return new Argument(name, type, "", false, Repeats.ONCE, List.of());
  }

  /** Returns a group of parts or alternatives. */
  static Argument group(Type type, List<Argument> children) {
    return new Argument(ArgumentNames.of(children), type, "", false, Repeats.ONCE, children);
  }

  Argument withToken(String word) {
    return new Argument(name, type, word, optional, repeats, children);
  }

  Argument asOptional() {
    return new Argument(name, type, token, true, repeats, children);
  }

  Argument repeated(Repeats how) {
    return new Argument(name, type, token, optional, how, children);
  }
}
