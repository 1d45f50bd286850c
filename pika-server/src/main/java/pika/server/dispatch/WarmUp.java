package pika.server.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Request;
import pika.server.session.Lane;
import pika.storage.element.RowElements;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.UnitOfWork;

/**
 * Loads what upcoming requests ask for into the processor's cache before the requests run: the
 * records of their keys and, where several requests in a row have the same key, the rows of their
 * elements. Confined to the loop's thread.
 */
final class WarmUp {
  /** How many records, with everything that leads to them, fit into a second-level cache. */
  private static final int REQUESTS = 256;

  private static final int FIRST_KEY = 1;
  private static final int FIRST_ELEMENT = 2;
  /** Hashing a longer key or element costs more than the cache miss. */
  private static final int LONGEST_NAME = 256;

  /** For fewer requests, looking up the record beforehand hardly pays; estimated, not measured. */
  private static final int FEWEST_OF_ONE_KEY = 4;

  private final List<byte[][]> calls = new ArrayList<>(REQUESTS);
  private final List<byte[]> names = new ArrayList<>(REQUESTS);

  /**
   * Warms up for the next requests of the lanes, in order; returns for how many.
   *
   * @param lanes at least one
   */
  int ahead(Iterable<Lane> lanes, UnitOfWork unit) {
    int requests = 0;
    int database = 0;
    for (Lane lane : lanes) {
      if (calls.isEmpty()) {
        database = lane.session().db();
      }
      if (lane.session().db() != database) {
        break;
      }
      requests += collect(lane, REQUESTS - requests);
      if (requests >= REQUESTS) {
        break;
      }
    }
    if (calls.size() > 1) {
      warmRecords(unit, database);
      warmRows(unit.keyspace(database));
    }
    calls.clear();
    return requests;
  }

  /** Collects the next requests whose first argument may be a key: for most commands it is. */
  private int collect(Lane lane, int most) {
    int requests = 0;
    for (Request request : lane.waiting()) {
      if (requests == most) {
        break;
      }
      if (request.argCount() > FIRST_KEY && request.arg(FIRST_KEY).length <= LONGEST_NAME) {
        calls.add(request.args());
      }
      requests++;
    }
    return requests;
  }

  private void warmRecords(UnitOfWork unit, int database) {
    for (byte[][] args : calls) {
      names.add(args[FIRST_KEY]);
    }
    unit.warm(database, names);
    names.clear();
  }

  private void warmRows(Keyspace keyspace) {
    for (int from = 0, to; from < calls.size(); from = to) {
      byte[] key = calls.get(from)[FIRST_KEY];
      to = from + 1;
      while (to < calls.size() && Arrays.equals(calls.get(to)[FIRST_KEY], key)) {
        to++;
      }
      if (to - from >= FEWEST_OF_ONE_KEY) {
        warmRows(keyspace, key, calls.subList(from, to));
      }
    }
  }

  private void warmRows(Keyspace keyspace, byte[] key, List<byte[][]> callsOfKey) {
    KeyRecord record = keyspace.inMemory(key);
    if (record == null || !record.hasRows()) {
      return;
    }
    for (byte[][] args : callsOfKey) {
      byte[] element = element(record.type(), args);
      if (element != null && element.length <= LONGEST_NAME) {
        names.add(element);
      }
    }
    if (!names.isEmpty()) {
      RowElements.warm(keyspace.rows(key, record), names);
    }
    names.clear();
  }

  /**
   * Returns the argument that most commands of a type use as an element's name, null when there is
   * none; for the others a lookup is wasted.
   */
  private static byte @Nullable [] element(DataType type, byte[][] args) {
    if (args.length <= FIRST_ELEMENT) {
      return null;
    }
    return switch (type) {
      case HASH, SET -> args[FIRST_ELEMENT];
      // The score precedes the member: ZADD key score member.
      case ZSET -> args[args.length - 1];
      default -> null;
    };
  }
}
