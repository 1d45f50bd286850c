package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Request;
import pika.server.session.Lane;
import pika.storage.key.UnitOfWork;

/**
 * Loads the records that upcoming requests ask for into the processor's cache before the requests
 * run. Confined to the loop's thread.
 */
final class WarmUp {
  /** How many records, with everything that leads to them, fit into a second-level cache. */
  private static final int REQUESTS = 256;

  private static final int FIRST_KEY = 1;
  /** Hashing a longer key costs more than the cache miss. */
  private static final int LONGEST_KEY = 256;

  private final List<byte[]> keys = new ArrayList<>(REQUESTS);

  /**
   * Warms up for the next requests of the lanes, in order; returns for how many.
   *
   * @param lanes at least one
   */
  int ahead(Iterable<Lane> lanes, UnitOfWork unit) {
    int requests = 0;
    int database = 0;
    for (Lane lane : lanes) {
      if (keys.isEmpty()) {
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
    if (keys.size() > 1) {
      unit.warm(database, keys);
    }
    keys.clear();
    return requests;
  }

  /**
   * Collects first arguments: for most commands that is a key, for the others a lookup is wasted.
   */
  private int collect(Lane lane, int most) {
    int requests = 0;
    for (Request request : lane.waiting()) {
      if (requests == most) {
        break;
      }
      if (request.argCount() > FIRST_KEY && request.arg(FIRST_KEY).length <= LONGEST_KEY) {
        keys.add(request.arg(FIRST_KEY));
      }
      requests++;
    }
    return requests;
  }
}
