package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Request;
import pika.server.session.Lane;
import pika.storage.key.UnitOfWork;

/**
 * Looks ahead over the requests that a pass is about to execute, so that the records they ask for are in the processor's
 * cache when their turn comes. Confined to the loop's thread.
 */
final class WarmUp {
  /** So many records with all that leads to them fit into a second-level cache. */
  private static final int REQUESTS = 256;

  private static final int FIRST_KEY = 1;
  /** Finding out where a longer one leads costs more than going there. */
  private static final int LONGEST_KEY = 256;

  private final List<byte[]> keys = new ArrayList<>(REQUESTS);

  /**
   * Warms up for the next requests of the lanes in their order; returns for how many.
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

  /** The first argument of most commands is a key; of the others it costs a look in vain. */
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
