package pika.server.commands;

import org.jspecify.annotations.Nullable;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.string.Expiry;
import pika.storage.string.SetCondition;

/**
 * The options of SET and GETEX. As in Redis, their combination is checked before any value is
 * parsed.
 */
final class ValueOptions {
  private SetCondition condition = SetCondition.ALWAYS;
  private boolean returnsOld;
  private Expiry.Kind kind;
  private boolean expirySaid;
  private @Nullable ExpiryWord word;
  private byte[] amount = {};
  private byte @Nullable [] expected;

  private ValueOptions(Expiry.Kind unlessSaid) {
    this.kind = unlessSaid;
  }

  /**
   * Parses {@code [NX|XX|VX value] [GET] [EX n|PX n|EXAT n|PXAT n|KEEPTTL]} in any order. VX is
   * Pika's; it has a reply of its own and so can't be combined with GET.
   */
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
      } else if (options.takeWithValue("VX")) {
        read.expected = options.next();
      } else {
        read.deadline(options);
      }
    }
    read.requireOneCondition();
    return read;
  }

  private void requireOneCondition() {
    if (expected != null && (returnsOld || condition != SetCondition.ALWAYS)) {
      throw CommandException.syntax();
    }
  }

  /** Parses {@code [EX n|PX n|EXAT n|PXAT n|PERSIST]}. */
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

  /** Returns the value that must be stored, null if that is not required. */
  byte @Nullable [] expected() {
    return expected;
  }

  boolean returnsOld() {
    return returnsOld;
  }

  /**
   * Returns what happens to the expiry.
   *
   * @throws CommandException if the given time is invalid
   */
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
