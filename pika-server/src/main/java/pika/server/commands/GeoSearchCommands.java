package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Group.GEO;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.after;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Handler;
import pika.server.command.Keys;
import pika.server.command.Row;
import pika.server.commands.GeoQuery.Form;
import pika.storage.bytes.Slice;
import pika.storage.geo.GeoHit;
import pika.storage.packed.PackedLimits;
import pika.storage.zset.ScoredMember;
import pika.storage.zset.SortedSet;
import pika.storage.zset.SortedSetBuilder;
import pika.storage.zset.SortedSets;

/** Geospatial searches: GEOSEARCH and the commands it replaces. */
final class GeoSearchCommands implements Family {
  private static final String BY_RADIUS =
      "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area"
          + " delimited by center and radius and M is the number of items inside the index.";
  private static final String BY_SHAPE =
      "O(N+log(M)) where N is the number of elements in the grid-aligned bounding box area around"
          + " the shape provided as the filter and M is the number of items inside the shape";
  private static final String UNIT = " (M|KM|FT|MI)";
  private static final String SHAPE =
      " (FROMMEMBER member|FROMLONLAT (longitude:double latitude:double))"
          + " ((BYRADIUS radius:double (M|KM|FT|MI))"
          + "|(BYBOX width:double height:double (M|KM|FT|MI)))";
  private static final String SHOWN = " [WITHCOORD] [WITHDIST] [WITHHASH]";
  private static final String LIMIT = " [COUNT count:integer [ANY]]";
  private static final String ORDER = " [ASC|DESC]";
  private static final String STORE = " [STORE key] [STOREDIST key]";
  private static final String AROUND_POINT =
      "key longitude:double latitude:double radius:double" + UNIT + SHOWN + LIMIT + ORDER;
  private static final String AROUND_MEMBER =
      "key member radius:double" + UNIT + SHOWN + LIMIT + ORDER;

  private final SortedSetDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  GeoSearchCommands(Supplier<PackedLimits> limits) {
    this.door = new SortedSetDoor(limits);
  }

  @Override
  public List<Row> commands() {
    List<Row> rows = new ArrayList<>(searches());
    rows.addAll(older());
    return rows;
  }

  private List<Row> searches() {
    return List.of(
        read("geosearch", -7, first(RO, ACCESS))
            .is(
                GEO,
                "6.2.0",
                BY_SHAPE,
                "Returns the members inside a circle or a rectangle.",
                "key" + SHAPE + ORDER + LIMIT + SHOWN)
            .runs(searching(Form.SEARCH)),
        write("geosearchstore", -8, first(OW, UPDATE).and(second(RO, ACCESS)), DENYOOM)
            .is(
                GEO,
                "6.2.0",
                BY_SHAPE,
                "Stores the members inside a circle or a rectangle in another key.",
                "destination:key source:key" + SHAPE + ORDER + LIMIT + " [STOREDIST]")
            .events(EventNaming.storing("geosearchstore"))
            .slow()
            .runs(searching(Form.SEARCH_AND_STORE)));
  }

  private List<Row> older() {
    return List.of(
        write("georadius", -6, withTargets(6), DENYOOM)
            .is(
                GEO,
                "3.2.0",
                BY_RADIUS,
                "Returns the members within a radius of a coordinate.",
                AROUND_POINT + STORE)
            .events(EventNaming.storing("georadiusstore"))
            .replacedBy("`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument", "6.2.0")
            .runs(searching(Form.RADIUS)),
        write("georadiusbymember", -5, withTargets(5), DENYOOM)
            .is(
                GEO,
                "3.2.0",
                BY_RADIUS,
                "Returns the members within a radius of another member.",
                AROUND_MEMBER + STORE)
            .events(EventNaming.storing("georadiusstore"))
            .replacedBy(
                "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments",
                "6.2.0")
            .runs(searching(Form.RADIUS_BY_MEMBER)),
        read("georadius_ro", -6, first(RO, ACCESS))
            .is(
                GEO,
                "3.2.10",
                BY_RADIUS,
                "Returns the members within a radius of a coordinate.",
                AROUND_POINT)
            .replacedBy("`GEOSEARCH` with the `BYRADIUS` argument", "6.2.0")
            .runs(searching(Form.RADIUS)),
        read("georadiusbymember_ro", -5, first(RO, ACCESS))
            .is(
                GEO,
                "3.2.10",
                BY_RADIUS,
                "Returns the members within a radius of another member.",
                AROUND_MEMBER)
            .replacedBy("`GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments", "6.2.0")
            .runs(searching(Form.RADIUS_BY_MEMBER)));
  }

  private static Keys withTargets(int from) {
    return first(RO, ACCESS)
        .and(after("STORE", from, OW, UPDATE))
        .and(after("STOREDIST", from, OW, UPDATE));
  }

  private Handler searching(Form form) {
    return call -> {
      SortedSets sets = door.sets(call);
      SortedSet set = sets.find(call.arg(form.source()));
      GeoQuery query = GeoQuery.of(call, form, set);
      List<GeoHit> hits = set == null ? List.of() : query.search().in(set);
      byte[] target = query.target();
      return target == null
          ? Reply.array(hits.stream().map(hit -> reply(hit, query)).toList())
          : store(sets.replace(target), hits, query);
    };
  }

  private static Reply reply(GeoHit hit, GeoQuery query) {
    Reply member = Reply.bulk(hit.member());
    List<Reply> parts = new ArrayList<>();
    parts.add(member);
    if (query.withDistance()) {
      parts.add(GeoUnits.distance(hit.distanceM() / query.metres()));
    }
    if (query.withHash()) {
      parts.add(Reply.integer((long) hit.score()));
    }
    if (query.withPoint()) {
      parts.add(GeoUnits.reply(hit.point()));
    }
    return parts.size() == 1 ? member : Reply.array(parts);
  }

  private static Reply store(SortedSetBuilder target, List<GeoHit> hits, GeoQuery query) {
    hits.stream()
        .map(hit -> new ScoredMember(
            query.storesDistances() ? hit.distanceM() / query.metres() : hit.score(), hit.member()))
        .sorted()
        .forEach(one -> target.append(one.score(), Slice.of(one.member())));
    return Reply.integer(target.finish());
  }
}
