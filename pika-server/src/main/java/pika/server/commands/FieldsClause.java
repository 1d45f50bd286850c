package pika.server.commands;

import java.util.List;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;

/** The end of the commands about the expiry of fields: {@code FIELDS numfields field...}. */
final class FieldsClause {
  private static final String NOT_POSITIVE = "ERR Number of fields must be a positive integer";

  private FieldsClause() {}

  /** The fields named from argument {@code index} on, where FIELDS has to stand. */
  static List<byte[]> at(Call call, int index) {
    return at(call, index, NOT_POSITIVE);
  }

  /** The same with another text for a number of fields that is none. */
  static List<byte[]> at(Call call, int index, String notPositive) {
    if (index >= call.argCount() || !call.argIs(index, "FIELDS")) {
      throw new CommandException(
          "ERR Mandatory argument FIELDS is missing or not at the right position");
    }
    if (index + 1 >= call.argCount()) {
      throw CommandException.wrongArity(call.spec().fullName());
    }
    long count = Args.parseLong(call.arg(index + 1), notPositive);
    if (count < 1) {
      throw new CommandException(notPositive);
    }
    if (count != call.argCount() - index - 2) {
      throw new CommandException(
          "ERR The `numfields` parameter must match the number of arguments");
    }
    return call.argsFrom(index + 2);
  }
}
