package pika.server.command;

import java.util.List;
import java.util.Locale;

/**
 * One argument of a command as COMMAND DOCS shows it, or a group of them.
 *
 * @param token the fixed word before the argument, or all there is of it; empty for none
 * @param children the parts of a {@link Type#BLOCK}, the choices of a {@link Type#ONEOF}
 */
public record Argument(
    String name,
    Type type,
    String token,
    boolean optional,
    Repeats repeats,
    List<Argument> children) {

  /** What the server takes the argument for. */
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

    /** The name COMMAND DOCS gives it: {@code unix-time}. */
    public String redisName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** How often the argument may come. */
  public enum Repeats {
    ONCE,
    /** Several values after one token. */
    VALUES,
    /** Several times, each with the token. */
    WITH_TOKEN
  }

  static Argument token(String token) {
    return new Argument(
        ArgumentNames.ofToken(token), Type.PURE_TOKEN, token, false, Repeats.ONCE, List.of());
  }

  static Argument value(String name, Type type) {
    return new Argument(name, type, "", false, Repeats.ONCE, List.of());
  }

  /** A group of parts or choices. */
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
