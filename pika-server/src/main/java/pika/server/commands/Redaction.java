package pika.server.commands;

import java.util.Locale;
import java.util.Set;
import pika.server.command.Args;

/** Replaces passwords where others can see arguments: in MONITOR and SLOWLOG. */
final class Redaction {
  private static final byte[] REDACTED = Args.bytes("(redacted)");

  private static final Set<String> PASSWORDS = Set.of(
      "requirepass", "userpass", "masterauth", "tls-key-file-pass", "tls-client-key-file-pass");

  private Redaction() {}

  /**
   * Returns a copy with the arguments from index {@code start} up to {@code end}, exclusive,
   * redacted.
   */
  static byte[][] from(byte[][] args, int start, int end) {
    byte[][] shown = args.clone();
    for (int i = start; i < end && i < shown.length; i++) {
      shown[i] = REDACTED;
    }
    return shown;
  }

  /** Redacts the values of CONFIG SET that are passwords. */
  static byte[][] ofConfigSet(byte[][] args) {
    byte[][] shown = args;
    for (int i = 2; i < args.length; i += 2) {
      if (PASSWORDS.contains(Args.text(args[i]).toLowerCase(Locale.ROOT))) {
        shown = from(shown, i + 1, i + 2);
      }
    }
    return shown;
  }

  /** Redacts the name and the password after each AUTH of HELLO. */
  static byte[][] ofHello(byte[][] args) {
    byte[][] shown = args;
    int i = 2;
    while (i < args.length) {
      if (Args.is(args[i], "AUTH")) {
        shown = from(shown, i + 1, i + 3);
        i += 3;
      } else if (Args.is(args[i], "SETNAME")) {
        i += 2;
      } else {
        break;
      }
    }
    return shown;
  }

  /** Redacts what follows AUTH and AUTH2 in MIGRATE. */
  static byte[][] ofMigrate(byte[][] args) {
    byte[][] shown = args;
    int i = 6;
    while (i < args.length && !Args.is(args[i], "KEYS")) {
      int secrets = Args.is(args[i], "AUTH2") ? 2 : Args.is(args[i], "AUTH") ? 1 : 0;
      if (secrets > 0) {
        shown = from(shown, i + 1, i + 1 + secrets);
      }
      i += 1 + secrets;
    }
    return shown;
  }
}
