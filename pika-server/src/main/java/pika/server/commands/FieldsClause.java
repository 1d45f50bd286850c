package pika.server.commands;

import java.util.List;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;

/** Parses the end of the commands about field expiry: {@code FIELDS numfields field...}. */
final class FieldsClause {
  private static final String NOT_POSITIVE = "ERR Number of fields must be a positive integer";

  private FieldsClause() {}

  /** Returns the fields named from argument {@code index} on, which must be FIELDS. */
  static List<byte[]> at(Call call, int index) {
    return at(call, index, NOT_POSITIVE);
  }

  /** Like {@link #at(Call, int)}, with another error text for an invalid number of fields. */
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
