package pika.server.script;

import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.NO_MANDATORY_KEYS;
import static pika.server.command.Flag.SKIP_MONITOR;
import static pika.server.command.Flag.STALE;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.countedAt;

import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Place;
import pika.server.command.Row;

/** Common parts of the commands that run code: {@code NAME code numkeys [key...] [arg...]}. */
public final class Invocation {
  /** Index of the argument with the number of keys. */
  public static final int KEY_COUNT = 2;

  public static final int FIRST_KEY = 3;

  /** Longer code takes a millisecond or more to compile. */
  private static final int CODE_ON_LOOP_BYTES = 16 << 10;

  private Invocation() {}

  /** Returns the row of a command whose code may do anything. */
  public static Row command(String name) {
    return Row.command(
            name,
            -FIRST_KEY,
            countedAt(KEY_COUNT, RW, ACCESS, UPDATE),
            NOSCRIPT,
            STALE,
            SKIP_MONITOR,
            NO_MANDATORY_KEYS)
        .usesKeyspace()
        .placed(args -> placeOf(args[1]));
  }

  /** Returns the row of a command whose code changes nothing. */
  public static Row read(String name) {
    return Row.read(
            name,
            -FIRST_KEY,
            countedAt(KEY_COUNT, RO, ACCESS),
            NOSCRIPT,
            STALE,
            SKIP_MONITOR,
            NO_MANDATORY_KEYS)
        .placed(args -> placeOf(args[1]));
  }

  /** Returns where to run code, or the name of code, that may have to be compiled first. */
  public static Place placeOf(byte[] code) {
    return code.length > CODE_ON_LOOP_BYTES ? Place.SLOW : Place.LOOP_OR_SLOW;
  }

  /** Checks a number of keys against the arguments. */
  public static int keyCount(Call call, long said) {
    if (said > call.argCount() - FIRST_KEY) {
      throw new CommandException("ERR Number of keys can't be greater than number of args");
    }
    if (said < 0) {
      throw new CommandException("ERR Number of keys can't be negative");
    }
    return (int) said;
  }

  /** Returns the error for code that writes although the command promises not to. */
  public static CommandException wouldWrite() {
    return new CommandException("ERR Can not execute a script with write flag using *_ro command.");
  }

  /**
   * Runs code and restores the client's database afterwards, since SELECT only affects the code.
   */
  public static Reply keepingDatabase(Call call, Supplier<Reply> code) {
    int database = call.session().db();
    try {
      return code.get();
    } finally {
      call.session().db(database);
    }
  }
}
