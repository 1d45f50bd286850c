package pika.server.commands;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.server.commands.SortedSetDoor.Show;
import pika.storage.zset.Aggregate;
import pika.storage.zset.Members;
import pika.storage.zset.SetOperations.Operand;

/**
 * The arguments of ZUNION and the like from the number of keys on. As in Redis, keys are looked up
 * before options are parsed, so a key of the wrong type is reported first.
 *
 * @param limit how far members are counted
 */
record OperationArgs(List<Operand> operands, Aggregate aggregate, Show show, long limit) {

  /** The options a command takes. */
  enum Takes {
    /** WEIGHTS and AGGREGATE. */
    WEIGHTS,
    /** WITHSCORES. */
    SHOW,
    /** LIMIT. */
    LIMIT
  }

  static OperationArgs of(Call call, int position, Function<byte[], Members> find, Takes... takes) {
    int keys = numberOfKeys(call, position);
    List<Members> members = new ArrayList<>(keys);
    for (int i = 1; i <= keys; i++) {
      members.add(find.apply(call.arg(position + i)));
    }
    Words words = new Words(keys, List.of(takes));
    words.take(call.optionsFrom(position + 1 + keys));
    List<Operand> operands = new ArrayList<>(keys);
    for (int i = 0; i < keys; i++) {
      operands.add(new Operand(members.get(i), words.weights[i]));
    }
    return new OperationArgs(operands, words.aggregate, words.show, words.limit);
  }

  private static int numberOfKeys(Call call, int position) {
    long keys = call.longArg(position);
    if (keys < 1) {
      throw new CommandException(
          "ERR at least 1 input key is needed for '" + call.spec().fullName() + "' command");
    }
    if (keys > call.argCount() - position - 1) {
      throw CommandException.syntax();
    }
    return (int) keys;
  }

  /** The options given. */
  private static final class Words {
    private final List<Takes> takes;
    private final double[] weights;
    private Aggregate aggregate = Aggregate.SUM;
    private Show show = Show.MEMBERS;
    private long limit = Long.MAX_VALUE;

    Words(int keys, List<Takes> takes) {
      this.takes = takes;
      this.weights = new double[keys];
      Arrays.fill(weights, 1);
    }

    void take(Options options) {
      while (options.hasNext()) {
        if (takes.contains(Takes.WEIGHTS) && takesWeights(options)) {
          continue;
        }
        if (takes.contains(Takes.SHOW) && options.take("WITHSCORES")) {
          show = Show.WITH_SCORES;
        } else if (takes.contains(Takes.LIMIT) && options.takeWithValue("LIMIT")) {
          limit = limit(options.next());
        } else {
          throw CommandException.syntax();
        }
      }
    }

    private boolean takesWeights(Options options) {
      if (options.remaining() > weights.length && options.take("WEIGHTS")) {
        for (int i = 0; i < weights.length; i++) {
          weights[i] = Args.parseDouble(options.next(), "ERR weight value is not a float");
        }
        return true;
      }
      if (!options.takeWithValue("AGGREGATE")) {
        return false;
      }
      aggregate = aggregate(options);
      return true;
    }

    private static Aggregate aggregate(Options options) {
      for (Aggregate aggregate : Aggregate.values()) {
        if (options.take(aggregate.name())) {
          return aggregate;
        }
      }
      throw CommandException.syntax();
    }

    /** Parses a limit; 0 is none. */
    private static long limit(byte[] arg) {
      String errorText = "ERR LIMIT can't be negative";
      long limit = Args.parseLong(arg, errorText);
      if (limit < 0) {
        throw new CommandException(errorText);
      }
      return limit == 0 ? Long.MAX_VALUE : limit;
    }
  }
}
