package pika.server.commands;

import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Options;
import pika.storage.geo.GeoPoint;
import pika.storage.geo.GeoSearch;
import pika.storage.geo.GeoSearch.Sort;
import pika.storage.geo.GeoShape;
import pika.storage.zset.SortedSet;

/**
 * The arguments of GEOSEARCH, GEORADIUS and the like. As in Redis, they are parsed from first to
 * last, and a missing member is an error where it is named; if there is no set at all, members are
 * not checked.
 */
final class GeoQuery {
  private static final String NO_RADIUS = "ERR need numeric radius";

  /** What a command's name implies. */
  enum Form {
    /** {@code key longitude latitude radius unit}. */
    RADIUS(1, 6),
    /** {@code key member radius unit}. */
    RADIUS_BY_MEMBER(1, 5),
    /** {@code key}, and options for everything else. */
    SEARCH(1, 2),
    /** {@code destination key}, and options for everything else. */
    SEARCH_AND_STORE(2, 3);

    private final int source;
    private final int options;

    Form(int source, int options) {
      this.source = source;
      this.options = options;
    }

    /** Returns the index of the key that is searched. */
    int source() {
      return source;
    }

    private boolean isSearch() {
      return this == SEARCH || this == SEARCH_AND_STORE;
    }
  }

  private final Form form;
  private final @Nullable SortedSet set;
  private final boolean mayStore;

  private @Nullable GeoPoint center;
  private boolean centerSaid;
  private boolean fromPoint;
  private double metres = 1;
  private double radius = -1;
  private double width = -1;
  private double height = -1;
  private Sort sort = Sort.NONE;
  private long count;
  private boolean any;
  private boolean withDistance;
  private boolean withHash;
  private boolean withPoint;
  private byte @Nullable [] target;
  private boolean storesDistances;

  private GeoQuery(Form form, @Nullable SortedSet set, boolean mayStore) {
    this.form = form;
    this.set = set;
    this.mayStore = mayStore;
  }

  /** Parses the arguments for a search in {@code set}, null for none. */
  static GeoQuery of(Call call, Form form, @Nullable SortedSet set) {
    boolean mayStore = call.spec().mayWrite();
    GeoQuery query = new GeoQuery(form, set, mayStore);
    query.takeFixed(call);
    Options options = call.optionsFrom(form.options);
    while (options.hasNext()) {
      if (!query.takesFlag(options) && !query.takesValue(options)) {
        throw CommandException.syntax();
      }
    }
    query.check(call);
    return query;
  }

  // ---- what was said

  /** Returns the search; only valid if there is a set. */
  GeoSearch search() {
    if (center == null) {
      throw new IllegalStateException("a search without a centre");
    }
    GeoShape shape = radius >= 0
        ? new GeoShape.Circle(center, radius * metres)
        : new GeoShape.Box(center, width * metres, height * metres);
    // A count without an order means the nearest ones.
    Sort wanted = count > 0 && sort == Sort.NONE && !any ? Sort.NEAREST_FIRST : sort;
    return new GeoSearch(shape, wanted, count > 0 ? count : Long.MAX_VALUE, any);
  }

  /** Returns the unit of distances in metres. */
  double metres() {
    return metres;
  }

  /** Returns the key under which the result is stored; null when it is returned. */
  byte @Nullable [] target() {
    return target;
  }

  /** Returns whether a stored result has distances rather than positions as scores. */
  boolean storesDistances() {
    return storesDistances;
  }

  boolean withDistance() {
    return withDistance;
  }

  boolean withHash() {
    return withHash;
  }

  boolean withPoint() {
    return withPoint;
  }

  // ---- reading

  private void takeFixed(Call call) {
    switch (form) {
      case RADIUS -> {
        center = GeoUnits.point(call.arg(2), call.arg(3));
        takeRadius(call.arg(4), call.arg(5));
      }
      case RADIUS_BY_MEMBER -> {
        if (set != null) {
          center = pointOf(call.arg(2));
          takeRadius(call.arg(3), call.arg(4));
        }
      }
      case SEARCH -> {}
      case SEARCH_AND_STORE -> target = call.arg(1);
    }
  }

  private boolean takesFlag(Options options) {
    if (options.take("WITHDIST")) {
      withDistance = true;
    } else if (options.take("WITHHASH")) {
      withHash = true;
    } else if (options.take("WITHCOORD")) {
      withPoint = true;
    } else if (options.take("ANY")) {
      any = true;
    } else if (options.take("ASC")) {
      sort = Sort.NEAREST_FIRST;
    } else if (options.take("DESC")) {
      sort = Sort.FARTHEST_FIRST;
    } else if (form == Form.SEARCH_AND_STORE && options.take("STOREDIST")) {
      storesDistances = true;
    } else {
      return false;
    }
    return true;
  }

  private boolean takesValue(Options options) {
    if (options.takeWithValue("COUNT")) {
      count = options.nextLong();
      if (count <= 0) {
        throw new CommandException("ERR COUNT must be > 0");
      }
      return true;
    }
    return form.isSearch() ? takesPlace(options) : takesTarget(options);
  }

  private boolean takesTarget(Options options) {
    boolean places = mayStore && options.takeWithValue("STORE");
    if (!places && !(mayStore && options.takeWithValue("STOREDIST"))) {
      return false;
    }
    storesDistances = !places;
    target = options.next();
    return true;
  }

  private boolean takesPlace(Options options) {
    if (!fromPoint && options.takeWithValue("FROMMEMBER")) {
      byte[] member = options.next();
      center = set == null ? center : pointOf(member);
      centerSaid = true;
    } else if (options.remaining() > 2
        && (fromPoint || !centerSaid)
        && options.take("FROMLONLAT")) {
      center = GeoUnits.point(options.next(), options.next());
      centerSaid = true;
      fromPoint = true;
    } else if (options.remaining() > 2 && width < 0 && options.take("BYRADIUS")) {
      takeRadius(options.next(), options.next());
    } else if (options.remaining() > 3 && radius < 0 && options.take("BYBOX")) {
      takeBox(options.next(), options.next(), options.next());
    } else {
      return false;
    }
    return true;
  }

  private void takeRadius(byte[] length, byte[] unit) {
    double given = Args.parseDouble(length, NO_RADIUS);
    if (given < 0) {
      throw new CommandException("ERR radius cannot be negative");
    }
    metres = GeoUnits.metres(unit);
    radius = given;
  }

  private void takeBox(byte[] givenWidth, byte[] givenHeight, byte[] unit) {
    double wide = Args.parseDouble(givenWidth, "ERR need numeric width");
    double high = Args.parseDouble(givenHeight, "ERR need numeric height");
    if (wide < 0 || high < 0) {
      throw new CommandException("ERR height or width cannot be negative");
    }
    metres = GeoUnits.metres(unit);
    width = wide;
    height = high;
  }

  private GeoPoint pointOf(byte[] member) {
    double score = set == null ? Double.NaN : set.score(member);
    if (Double.isNaN(score)) {
      throw new CommandException("ERR could not decode requested zset member");
    }
    return GeoPoint.ofScore(score);
  }

  private void check(Call call) {
    if (target != null && (withDistance || withHash || withPoint)) {
      String what = form == Form.SEARCH_AND_STORE ? "GEOSEARCHSTORE" : "STORE option in GEORADIUS";
      throw new CommandException(
          "ERR " + what + " is not compatible with WITHDIST, WITHHASH and WITHCOORD options");
    }
    String name = call.textArg(0);
    if (form.isSearch() && !centerSaid) {
      throw new CommandException(
          "ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for " + name);
    }
    if (form.isSearch() && radius < 0 && width < 0) {
      throw new CommandException(
          "ERR exactly one of BYRADIUS and BYBOX can be specified for " + name);
    }
    if (any && count == 0) {
      throw new CommandException("ERR the ANY argument requires COUNT argument");
    }
  }
}
