package pika.server.commands;

import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.stream.Claim;
import pika.storage.stream.StreamId;

/** Parses the options of XCLAIM. */
final class ClaimOptions {
  /**
   * Redis' value for a time that was not given; an IDLE or TIME equal to it counts as not given,
   * too.
   */
  private static final long NOT_GIVEN = -1;

  private final long nowMs;
  private long deliveredMs = NOT_GIVEN;
  private long deliveries = NOT_GIVEN;
  private boolean force;
  private boolean justIds;
  private StreamId lastId = StreamId.ZERO;

  private ClaimOptions(long nowMs) {
    this.nowMs = nowMs;
  }

  static ClaimOptions of(Call call, int first) {
    ClaimOptions read = new ClaimOptions(call.nowMs());
    Options options = call.optionsFrom(first);
    while (options.hasNext()) {
      read.take(options);
    }
    return read;
  }

  private void take(Options options) {
    if (options.take("FORCE")) {
      force = true;
    } else if (options.take("JUSTID")) {
      justIds = true;
    } else if (options.takeWithValue("IDLE")) {
      deliveredMs = nowMs - number(options.next(), "IDLE");
    } else if (options.takeWithValue("TIME")) {
      deliveredMs = number(options.next(), "TIME");
    } else if (options.takeWithValue("RETRYCOUNT")) {
      deliveries = number(options.next(), "RETRYCOUNT");
    } else if (options.takeWithValue("LASTID")) {
      lastId = StreamIds.parse(options.next());
    } else {
      throw new CommandException(
          "ERR Unrecognized XCLAIM option '" + StreamErrors.text(options.next()) + "'");
    }
  }

  private static long number(byte[] arg, String option) {
    return Args.parseLong(arg, "ERR Invalid " + option + " option argument for XCLAIM");
  }

  /** Returns the id up to which the group has read at least. */
  StreamId lastId() {
    return lastId;
  }

  /**
   * Returns whether the reply has ids only, in which case the delivery count is not incremented.
   */
  boolean justIds() {
    return justIds;
  }

  Claim claim(long minIdleMs) {
    boolean isPast = deliveredMs >= 0 && deliveredMs <= nowMs;
    long unlessGiven = justIds ? Claim.KEPT : Claim.ONE_MORE;
    return new Claim(
        minIdleMs,
        isPast ? deliveredMs : nowMs,
        deliveries >= 0 ? deliveries : unlessGiven,
        force ? Claim.Unclaimed.TAKEN : Claim.Unclaimed.SKIPPED);
  }
}
