package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Group.GEO;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.storage.geo.Earth;
import pika.storage.geo.GeoPoint;
import pika.storage.geo.Geohash;
import pika.storage.packed.PackedLimits;
import pika.storage.zset.AddOutcome;
import pika.storage.zset.AddRule;
import pika.storage.zset.ScoredMember;
import pika.storage.zset.SortedSet;

/** Geospatial indexes: sorted sets whose scores are positions on the earth. */
final class GeoCommands implements Family {
  private final SortedSetDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  GeoCommands(Supplier<PackedLimits> limits) {
    this.door = new SortedSetDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        write("geoadd", -5, first(RW, UPDATE), DENYOOM)
            .is(
                GEO,
                "3.2.0",
                "O(log(N)) for each item added, where N is the number of elements in the sorted"
                    + " set.",
                "Adds members with their coordinates, or updates the coordinates of existing ones.",
                "key [NX|XX] [CH] (longitude:double latitude:double member)...")
            .event("zadd")
            .placed(Size::place)
            .runs(this::geoadd),
        read("geopos", -2, first(RO, ACCESS))
            .is(
                GEO,
                "3.2.0",
                "O(N) where N is the number of members requested.",
                "Returns the longitude and latitude of members.",
                "key [member...]")
            .placed(Size::place)
            .runs(call -> forEach(call, GeoUnits::reply, Reply.NULL_ARRAY)),
        read("geohash", -2, first(RO, ACCESS))
            .is(
                GEO,
                "3.2.0",
                "O(log(N)) for each member requested, where N is the number of elements in the"
                    + " sorted set.",
                "Returns the positions of members as geohash strings.",
                "key [member...]")
            .placed(Size::place)
            .runs(call -> forEach(call, point -> Reply.bulk(Geohash.of(point)), Reply.NULL)),
        read("geodist", -4, first(RO, ACCESS))
            .is(
                GEO,
                "3.2.0",
                "O(log(N))",
                "Returns the distance between the positions of two members.",
                "key member1 member2 [M|KM|FT|MI]")
            .runs(this::geodist));
  }

  private Reply geoadd(Call call) {
    boolean absent = false;
    boolean present = false;
    boolean countsUpdates = false;
    Options options = call.optionsFrom(2);
    while (true) {
      if (options.take("NX")) {
        absent = true;
      } else if (options.take("XX")) {
        present = true;
      } else if (options.take("CH")) {
        countsUpdates = true;
      } else {
        break;
      }
    }
    if (options.remaining() % 3 != 0 || !options.hasNext() || (absent && present)) {
      throw CommandException.syntax();
    }
    List<ScoredMember> places = new ArrayList<>();
    while (options.hasNext()) {
      GeoPoint point = GeoUnits.point(options.next(), options.next());
      places.add(new ScoredMember(point.score(), options.next()));
    }
    AddRule rule = new AddRule(
        absent
            ? AddRule.Presence.ABSENT
            : present ? AddRule.Presence.PRESENT : AddRule.Presence.ANY,
        AddRule.Direction.ANY,
        AddRule.Amount.SCORE);
    AddOutcome outcome = door.sets(call).add(call.arg(1), places, rule);
    return Reply.integer(outcome.added() + (countsUpdates ? outcome.updated() : 0));
  }

  private Reply forEach(Call call, Function<GeoPoint, Reply> shown, Reply missing) {
    SortedSet set = door.sets(call).find(call.arg(1));
    List<Reply> replies = new ArrayList<>(call.argCount() - 2);
    for (int i = 2; i < call.argCount(); i++) {
      GeoPoint point = point(set, call.arg(i));
      replies.add(point == null ? missing : shown.apply(point));
    }
    return Reply.array(replies);
  }

  private Reply geodist(Call call) {
    double metres = 1;
    if (call.argCount() == 5) {
      metres = GeoUnits.metres(call.arg(4));
    } else if (call.argCount() > 5) {
      throw CommandException.syntax();
    }
    SortedSet set = door.sets(call).find(call.arg(1));
    GeoPoint one = point(set, call.arg(2));
    GeoPoint other = point(set, call.arg(3));
    return one == null || other == null
        ? Reply.NULL
        : GeoUnits.distance(Earth.distanceM(one, other) / metres);
  }

  private static @Nullable GeoPoint point(@Nullable SortedSet set, byte[] member) {
    double score = set == null ? Double.NaN : set.score(member);
    return Double.isNaN(score) ? null : GeoPoint.ofScore(score);
  }
}
