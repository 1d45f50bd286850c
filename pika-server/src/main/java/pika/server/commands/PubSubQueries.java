package pika.server.commands;

import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.PUBSUB;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Flag;
import pika.server.command.Place;
import pika.server.command.Row;
import pika.server.pubsub.Kind;
import pika.server.pubsub.PubSub;

/** PUBSUB: information about subscriptions. */
final class PubSubQueries implements Family {
  /** With more channels than this, iterating over them would delay others. */
  private static final int CROWD = 512;

  private final PubSub pubSub;

  PubSubQueries(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  @Override
  public List<Row> commands() {
    return List.of(container("pubsub")
        .is(PUBSUB, "2.8.0", "Reports on channels and their subscribers.")
        .with(
            query("channels", -2)
                .is(
                    PUBSUB,
                    "2.8.0",
                    "O(N) where N is the number of active channels, and assuming constant time"
                        + " pattern matching (relatively short channels and patterns)",
                    "Returns the channels that have subscribers.",
                    "[pattern:pattern]")
                .placed(args -> placeFor(Kind.CHANNEL))
                .runs(call -> names(call, Kind.CHANNEL)),
            query("numsub", -2)
                .is(
                    PUBSUB,
                    "2.8.0",
                    "O(N) for the NUMSUB subcommand, where N is the number of requested channels",
                    "Returns the number of subscribers of each given channel.",
                    "[channel...]")
                .placed(Place.slowAbove(CROWD))
                .runs(call -> subscribers(call, Kind.CHANNEL)),
            query("numpat", 2)
                .is(
                    PUBSUB,
                    "2.8.0",
                    "O(1)",
                    "Returns the number of patterns that have subscribers.",
                    "")
                .runs(call -> Reply.integer(pubSub.count(Kind.PATTERN))),
            query("shardchannels", -2)
                .is(
                    PUBSUB,
                    "7.0.0",
                    "O(N) where N is the number of active shard channels, and assuming constant"
                        + " time pattern matching (relatively short shard channels).",
                    "Returns the shard channels that have subscribers.",
                    "[pattern:pattern]")
                .placed(args -> placeFor(Kind.SHARD_CHANNEL))
                .runs(call -> names(call, Kind.SHARD_CHANNEL)),
            query("shardnumsub", -2)
                .is(
                    PUBSUB,
                    "7.0.0",
                    "O(N) for the SHARDNUMSUB subcommand, where N is the number of requested shard"
                        + " channels",
                    "Returns the number of subscribers of each given shard channel.",
                    "[shardchannel...]")
                .placed(Place.slowAbove(CROWD))
                .runs(call -> subscribers(call, Kind.SHARD_CHANNEL)),
            // The flag, not the group, puts its siblings into the pub/sub category.
            help(PUBSUB, "6.2.0").categories()));
  }

  private static Row query(String name, int arity) {
    return command(name, arity, Flag.PUBSUB, LOADING, STALE);
  }

  private Place placeFor(Kind kind) {
    return pubSub.count(kind) > CROWD ? Place.SLOW : Place.LOOP;
  }

  private Reply names(Call call, Kind kind) {
    if (call.argCount() > 3) {
      String container = String.valueOf(call.spec().parent()).toUpperCase(Locale.ROOT);
      throw CommandException.wrongSubcommand(call.textArg(1), container);
    }
    Stream<byte[]> names =
        call.argCount() == 3 ? pubSub.names(kind, call.arg(2)) : pubSub.names(kind);
    return Reply.array(names.<Reply>map(Reply::bulk).toList());
  }

  private Reply subscribers(Call call, Kind kind) {
    List<Reply> counts = new ArrayList<>(2 * (call.argCount() - 2));
    for (int i = 2; i < call.argCount(); i++) {
      counts.add(Reply.bulk(call.arg(i)));
      counts.add(Reply.integer(pubSub.subscribers(kind, call.arg(i))));
    }
    // A plain array in RESP3, too.
    return Reply.array(counts);
  }
}
