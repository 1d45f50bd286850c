package pika.server.acl;

import pika.server.command.CommandSpec;
import pika.server.command.Flag;

/** Which arguments of a publish/subscribe command are channels to be checked. */
enum ChannelUse {
  NONE,
  /** The first argument. */
  FIRST,
  /** All arguments. */
  ALL,
  /** All arguments, which are patterns. */
  PATTERNS;

  static ChannelUse of(CommandSpec spec) {
    if (!spec.has(Flag.PUBSUB)) {
      return NONE;
    }
    // Unsubscribing and asking for subscribers are harmless.
    return switch (spec.fullName()) {
      case "publish", "spublish" -> FIRST;
      case "subscribe", "ssubscribe" -> ALL;
      case "psubscribe" -> PATTERNS;
      default -> NONE;
    };
  }
}
