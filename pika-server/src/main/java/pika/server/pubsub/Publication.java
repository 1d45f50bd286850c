package pika.server.pubsub;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message and its receivers at the time it was published; nobody gets it before it is sent. */
public final class Publication {
  private static final Publication TO_NOBODY = new Publication(new Object(), List.of(), 0);

  private final Object order;
  private final List<Parcel> parcels;
  private final int receivers;

  private Publication(Object order, List<Parcel> parcels, int receivers) {
    this.order = order;
    this.parcels = parcels;
    this.receivers = receivers;
  }

  /**
   * Creates a publication.
   *
   * @param order the lock under which messages on one channel are sent
   */
  static Publication of(Object order, List<Parcel> parcels, int receivers) {
    return receivers == 0 ? TO_NOBODY : new Publication(order, parcels, receivers);
  }

  /**
   * Returns the number of receivers; a client with several matching subscriptions counts for each.
   */
  public int receivers() {
    return receivers;
  }

  /**
   * Sends it, once; from any thread, without waiting for delivery. All subscribers of a channel get
   * its messages in the order in which they were sent.
   */
  public void send(@Nullable Origin origin) {
    synchronized (order) {
      for (Parcel parcel : parcels) {
        parcel.send(origin);
      }
    }
  }
}
