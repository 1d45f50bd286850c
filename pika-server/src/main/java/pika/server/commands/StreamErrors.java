package pika.server.commands;

import java.util.Locale;
import java.util.Objects;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;

/** Errors about consumer groups. Names are quoted as C strings: up to a zero byte. */
final class StreamErrors {
  private StreamErrors() {}

  static CommandException noKeyOrGroup(byte[] key, byte[] group) {
    return new CommandException(
        "NOGROUP No such key '%s' or consumer group '%s'".formatted(text(key), text(group)));
  }

  static CommandException noKeyOrGroupToRead(byte[] key, byte[] group) {
    return new CommandException(
        "NOGROUP No such key '%s' or consumer group '%s' in XREADGROUP with GROUP option"
            .formatted(text(key), text(group)));
  }

  static CommandException noGroup(byte[] key, byte[] group) {
    return new CommandException(
        "NOGROUP No such consumer group '%s' for key name '%s'".formatted(text(group), text(key)));
  }

  /** Returns the error for a subcommand with arguments that it doesn't take. */
  static CommandException subcommand(Call call) {
    CommandSpec container = Objects.requireNonNull(call.spec().parent());
    return CommandException.wrongSubcommand(
        call.textArg(1), container.name().toUpperCase(Locale.ROOT));
  }

  static String text(byte[] name) {
    return Args.printed(Args.text(name));
  }
}
