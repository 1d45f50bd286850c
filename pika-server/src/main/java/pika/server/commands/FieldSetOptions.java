package pika.server.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.hash.FieldCondition;
import pika.storage.string.Expiry;

/**
 * The options of HSETEX; FIELDS and everything after it come last. They are checked one by one, as
 * in Redis.
 */
final class FieldSetOptions {
  private FieldCondition condition = FieldCondition.ALWAYS;
  private @Nullable Expiry expiry;
  private List<byte[]> fieldsAndValues = List.of();

  private FieldSetOptions() {}

  /**
   * Parses {@code [FNX|FXX] [EX n|PX n|EXAT n|PXAT n|KEEPTTL] FIELDS numfields (field value)...}.
   */
  static FieldSetOptions of(Call call) {
    FieldSetOptions read = new FieldSetOptions();
    Options options = call.optionsFrom(2);
    while (!options.take("FIELDS")) {
      if (!options.hasNext()) {
        throw new CommandException("ERR missing FIELDS argument");
      }
      read.one(options, call);
    }
    read.fields(options, call);
    return read;
  }

  /** Returns the condition for setting anything. */
  FieldCondition condition() {
    return condition;
  }

  /** Returns what happens to the fields' expiry. */
  Expiry expiry() {
    return expiry == null ? Expiry.NONE : expiry;
  }

  /** Returns alternating names and values. */
  List<byte[]> fieldsAndValues() {
    return fieldsAndValues;
  }

  private void one(Options options, Call call) {
    FieldDeadline word = FieldDeadline.take(options);
    if (word != null) {
      requireNoExpiry();
      if (!options.hasNext()) {
        throw new CommandException("ERR missing expire time");
      }
      expiry = word.at(options.next(), call);
    } else if (options.take("KEEPTTL")) {
      requireNoExpiry();
      expiry = Expiry.KEEP;
    } else if (options.take("FNX")) {
      condition(FieldCondition.IF_NONE_IS_THERE);
    } else if (options.take("FXX")) {
      condition(FieldCondition.IF_ALL_ARE_THERE);
    } else {
      throw new CommandException(
          "ERR unknown argument: " + Args.printed(Args.text(options.next())));
    }
  }

  private void requireNoExpiry() {
    if (expiry != null) {
      throw new CommandException(
          "ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified");
    }
  }

  private void condition(FieldCondition wanted) {
    if (condition != FieldCondition.ALWAYS) {
      throw new CommandException("ERR Only one of FXX or FNX arguments can be specified");
    }
    condition = wanted;
  }

  private void fields(Options options, Call call) {
    int left = options.remaining() - 1;
    if (left < 2) {
      throw CommandException.wrongArity(call.spec().fullName());
    }
    String invalid = "ERR invalid number of fields";
    long count = Args.parseLong(options.next(), invalid);
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw new CommandException(invalid);
    }
    if (left % 2 != 0 || count != left / 2) {
      throw CommandException.wrongArity(call.spec().fullName());
    }
    fieldsAndValues = call.argsFrom(call.argCount() - left);
  }
}
