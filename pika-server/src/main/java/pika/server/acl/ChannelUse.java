package pika.server.acl;

import pika.server.command.CommandSpec;
import pika.server.command.Flag;

/** Which arguments of a command of publish/subscribe are channels that must be allowed. */
enum ChannelUse {
  NONE,
  /** The first argument. */
  FIRST,
  /** All arguments. */
  ALL,
  /** All arguments, and they are patterns. */
  PATTERNS;

  static ChannelUse of(CommandSpec spec) {
    if (!spec.has(Flag.PUBSUB)) {
      return NONE;
    }
    // Whoever leaves a channel or asks who listens gains nothing.
    return switch (spec.fullName()) {
      case "publish", "spublish" -> FIRST;
      case "subscribe", "ssubscribe" -> ALL;
      case "psubscribe" -> PATTERNS;
      default -> NONE;
    };
  }
}
