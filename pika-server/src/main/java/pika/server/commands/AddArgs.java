package pika.server.commands;

import java.util.ArrayList;
import java.util.List;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.zset.AddRule;
import pika.storage.zset.ScoredMember;

/**
 * The arguments of ZADD and ZINCRBY after the key: options, then alternating scores and members. As
 * in Redis, all are parsed before any data is read.
 *
 * @param countsUpdates whether the reply also counts members with a new score
 */
record AddArgs(AddRule rule, boolean countsUpdates, List<ScoredMember> members) {

  /**
   * Parses the arguments.
   *
   * @param amount what a number means without INCR
   */
  static AddArgs of(Call call, AddRule.Amount amount) {
    Words words = new Words();
    Options options = call.optionsFrom(2);
    while (words.take(options)) {
      // Options come in any order and may be repeated.
    }
    boolean increments = words.increments || amount == AddRule.Amount.INCREMENT;
    int pairs = options.remaining() / 2;
    if (pairs == 0 || options.remaining() % 2 != 0) {
      throw CommandException.syntax();
    }
    words.check();
    if (increments && pairs > 1) {
      throw new CommandException("ERR INCR option supports a single increment-element pair");
    }
    List<ScoredMember> members = new ArrayList<>(pairs);
    for (int i = call.argCount() - 2 * pairs; i < call.argCount(); i += 2) {
      members.add(new ScoredMember(call.doubleArg(i), call.arg(i + 1)));
    }
    AddRule rule = new AddRule(
        words.presence(),
        words.direction(),
        increments ? AddRule.Amount.INCREMENT : AddRule.Amount.SCORE);
    return new AddArgs(rule, words.countsUpdates, members);
  }

  /** The options given. */
  private static final class Words {
    private boolean absent;
    private boolean present;
    private boolean up;
    private boolean down;
    private boolean countsUpdates;
    private boolean increments;

    boolean take(Options options) {
      if (options.take("NX")) {
        absent = true;
      } else if (options.take("XX")) {
        present = true;
      } else if (options.take("GT")) {
        up = true;
      } else if (options.take("LT")) {
        down = true;
      } else if (options.take("CH")) {
        countsUpdates = true;
      } else if (options.take("INCR")) {
        increments = true;
      } else {
        return false;
      }
      return true;
    }

    void check() {
      if (absent && present) {
        throw new CommandException("ERR XX and NX options at the same time are not compatible");
      }
      if ((absent && (up || down)) || (up && down)) {
        throw new CommandException(
            "ERR GT, LT, and/or NX options at the same time are not compatible");
      }
    }

    AddRule.Presence presence() {
      if (absent) {
        return AddRule.Presence.ABSENT;
      }
      return present ? AddRule.Presence.PRESENT : AddRule.Presence.ANY;
    }

    AddRule.Direction direction() {
      if (up) {
        return AddRule.Direction.UP;
      }
      return down ? AddRule.Direction.DOWN : AddRule.Direction.ANY;
    }
  }
}
