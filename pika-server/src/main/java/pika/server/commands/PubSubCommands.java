package pika.server.commands;

import static pika.server.command.Flag.FAST;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.PUBSUB;
import static pika.server.command.KeyFlag.NOT_KEY;
import static pika.server.command.Row.command;

import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Flag;
import pika.server.command.Keys;
import pika.server.command.Place;
import pika.server.command.Row;
import pika.server.pubsub.Kind;
import pika.server.pubsub.Origin;
import pika.server.pubsub.PubSub;
import pika.server.pubsub.Publication;
import pika.server.pubsub.Subscriber;
import pika.server.session.Session;
import pika.storage.key.WouldBlock;

/** Publish/subscribe: PUBLISH, SUBSCRIBE and the like. */
final class PubSubCommands implements Family {
  /** With more names, or more patterns to match, one command would delay others. */
  private static final int MOST_ON_LOOP = 512;

  private final PubSub pubSub;

  PubSubCommands(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  @Override
  public List<Row> commands() {
    List<Row> rows = new ArrayList<>(publishing());
    rows.addAll(subscribing());
    rows.addAll(unsubscribing());
    return rows;
  }

  private List<Row> publishing() {
    return List.of(
        command("publish", 3, Flag.PUBSUB, LOADING, STALE, FAST, Flag.MAY_REPLICATE)
            .is(
                PUBSUB,
                "2.0.0",
                "O(N+M) where N is the number of clients subscribed to the receiving channel and M"
                    + " is the total number of subscribed patterns (by any client).",
                "Sends a message to the subscribers of a channel.",
                "channel message")
            .placed(args -> pubSub.count(Kind.PATTERN) > MOST_ON_LOOP ? Place.POOL : Place.LOOP)
            .runs(call -> send(call, pubSub.publish(call.arg(1), call.arg(2)))),
        command(
                "spublish",
                3,
                Keys.first(NOT_KEY),
                Flag.PUBSUB,
                LOADING,
                STALE,
                FAST,
                Flag.MAY_REPLICATE)
            .is(
                PUBSUB,
                "7.0.0",
                "O(N) where N is the number of clients subscribed to the receiving shard channel.",
                "Sends a message to the subscribers of a shard channel.",
                "shardchannel message")
            .runs(call -> send(call, pubSub.publishToShard(call.arg(1), call.arg(2)))));
  }

  private List<Row> subscribing() {
    return List.of(
        listening("subscribe", -2, Keys.NONE)
            .is(
                PUBSUB,
                "2.0.0",
                "O(N) where N is the number of channels to subscribe to.",
                "Subscribes to channels.",
                "channel...")
            .runs(call -> subscribe(call, Kind.CHANNEL)),
        listening("psubscribe", -2, Keys.NONE)
            .is(
                PUBSUB,
                "2.0.0",
                "O(N) where N is the number of patterns the client is already subscribed to.",
                "Subscribes to all channels whose names match the patterns.",
                "pattern:pattern...")
            .runs(call -> subscribe(call, Kind.PATTERN)),
        listening("ssubscribe", -2, Keys.all(NOT_KEY))
            .is(
                PUBSUB,
                "7.0.0",
                "O(N) where N is the number of shard channels to subscribe to.",
                "Subscribes to shard channels.",
                "shardchannel...")
            .runs(this::subscribeToShard));
  }

  private List<Row> unsubscribing() {
    return List.of(
        listening("unsubscribe", -1, Keys.NONE)
            .is(
                PUBSUB,
                "2.0.0",
                "O(N) where N is the number of clients already subscribed to a channel.",
                "Unsubscribes from the given channels, or from all.",
                "[channel...]")
            .runs(call -> unsubscribe(call, Kind.CHANNEL)),
        listening("punsubscribe", -1, Keys.NONE)
            .is(
                PUBSUB,
                "2.0.0",
                "O(N+M) where N is the number of patterns the client is already subscribed and M is"
                    + " the number of total patterns subscribed in the system (by any client).",
                "Unsubscribes from the given patterns, or from all.",
                "[pattern:pattern...]")
            .runs(call -> unsubscribe(call, Kind.PATTERN)),
        listening("sunsubscribe", -1, Keys.all(NOT_KEY))
            .is(
                PUBSUB,
                "7.0.0",
                "O(N) where N is the number of clients already subscribed to a shard channel.",
                "Unsubscribes from the given shard channels, or from all.",
                "[shardchannel...]")
            .runs(call -> unsubscribe(call, Kind.SHARD_CHANNEL)));
  }

  private static Row listening(String name, int arity, Keys channels) {
    return command(name, arity, channels, Flag.PUBSUB, NOSCRIPT, LOADING, STALE)
        .placed(Place.slowAbove(MOST_ON_LOOP));
  }

  /** Sends the message after the commit: a receiver can then see the changes made before it. */
  private Reply send(Call call, Publication publication) {
    if (pubSub.isCongested()) {
      requireMayBlock(call);
      pubSub.awaitDelivery();
    }
    if (publication.receivers() > 0) {
      Origin origin = call.session().origin(Origin.Place.BEFORE_REPLY);
      call.unit().afterCommit(() -> publication.send(origin));
    }
    return Reply.integer(publication.receivers());
  }

  private static void requireMayBlock(Call call) {
    if (!call.unit().mayBlock()) {
      throw WouldBlock.INSTANCE;
    }
  }

  private Reply subscribe(Call call, Kind kind) {
    Session session = call.session();
    List<Reply> confirmations = new ArrayList<>(call.argCount() - 1);
    for (int i = 1; i < call.argCount(); i++) {
      pubSub.subscribe(session.subscriber(), kind, call.textArg(i), session.sequence());
      confirmations.add(confirmation(call, Reply.bulk(call.arg(i)), kind));
    }
    session.insistOnReply();
    return Reply.sequence(confirmations);
  }

  /**
   * Subscribes to shard channels; not within a transaction, where Redis only allows the other two,
   * for old clients.
   */
  private Reply subscribeToShard(Call call) {
    if (call.session().transaction().isOpen()) {
      throw new CommandException("ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client");
    }
    return subscribe(call, Kind.SHARD_CHANNEL);
  }

  private static Reply unsubscribe(Call call, Kind kind) {
    Session session = call.session();
    Subscriber subscriber = session.subscriber();
    List<Reply> confirmations = new ArrayList<>();
    for (String name : named(call, subscriber, kind)) {
      subscriber.end(kind, name, session.sequence());
      confirmations.add(confirmation(call, Reply.bulk(Args.bytes(name)), kind));
    }
    if (confirmations.isEmpty()) {
      confirmations.add(confirmation(call, Reply.NULL, kind));
    }
    session.insistOnReply();
    return Reply.sequence(confirmations);
  }

  /** Returns the given names, or all. */
  private static List<String> named(Call call, Subscriber subscriber, Kind kind) {
    if (call.argCount() == 1) {
      return subscriber.names(kind);
    }
    List<String> names = new ArrayList<>(call.argCount() - 1);
    for (int i = 1; i < call.argCount(); i++) {
      names.add(call.textArg(i));
    }
    return names;
  }

  private static Reply confirmation(Call call, Reply name, Kind kind) {
    Subscriber subscriber = call.session().subscriber();
    int count = kind == Kind.SHARD_CHANNEL
        ? subscriber.count(Kind.SHARD_CHANNEL)
        : subscriber.count(Kind.CHANNEL) + subscriber.count(Kind.PATTERN);
    return Reply.push(List.of(Reply.bulk(call.spec().name()), name, Reply.integer(count)));
  }
}
