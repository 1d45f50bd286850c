package pika.server.commands;

import org.jspecify.annotations.Nullable;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.string.Expiry;
import pika.storage.string.SetCondition;

/**
 * The options of SET and GETEX. Which go together is checked before any value is looked at, as in
 * Redis.
 */
final class ValueOptions {
  private SetCondition condition = SetCondition.ALWAYS;
  private boolean returnsOld;
  private Expiry.Kind kind;
  private boolean expirySaid;
  private @Nullable ExpiryWord word;
  private byte[] amount = {};

  private ValueOptions(Expiry.Kind unlessSaid) {
    this.kind = unlessSaid;
  }

  /** Reads {@code [NX|XX] [GET] [EX n|PX n|EXAT n|PXAT n|KEEPTTL]} in any order. */
  static ValueOptions ofSet(Options options) {
    ValueOptions read = new ValueOptions(Expiry.Kind.NONE);
    while (options.hasNext()) {
      if (options.take("NX")) {
        read.condition(SetCondition.IF_ABSENT);
      } else if (options.take("XX")) {
        read.condition(SetCondition.IF_PRESENT);
      } else if (options.take("GET")) {
        read.returnsOld = true;
      } else if (options.take("KEEPTTL")) {
        read.kind(Expiry.Kind.KEEP);
      } else {
        read.deadline(options);
      }
    }
    return read;
  }

  /** Reads {@code [EX n|PX n|EXAT n|PXAT n|PERSIST]}. */
  static ValueOptions ofGetex(Options options) {
    ValueOptions read = new ValueOptions(Expiry.Kind.KEEP);
    while (options.hasNext()) {
      if (options.take("PERSIST")) {
        read.kind(Expiry.Kind.NONE);
      } else {
        read.deadline(options);
      }
    }
    return read;
  }

  SetCondition condition() {
    return condition;
  }

  boolean returnsOld() {
    return returnsOld;
  }

  /** What becomes of the expiry; throws when the time given is none. */
  Expiry expiry(Call call) {
    if (word != null) {
      return Expiry.at(word.atMs(amount, call));
    }
    return kind == Expiry.Kind.KEEP ? Expiry.KEEP : Expiry.NONE;
  }

  private void condition(SetCondition wanted) {
    if (condition != SetCondition.ALWAYS && condition != wanted) {
      throw CommandException.syntax();
    }
    condition = wanted;
  }

  private void deadline(Options options) {
    ExpiryWord taken = ExpiryWord.take(options);
    if (taken == null || (word != null && word != taken)) {
      throw CommandException.syntax();
    }
    kind(Expiry.Kind.AT);
    word = taken;
    amount = options.next();
  }

  private void kind(Expiry.Kind wanted) {
    if (expirySaid && kind != wanted) {
      throw CommandException.syntax();
    }
    expirySaid = true;
    kind = wanted;
  }
}
