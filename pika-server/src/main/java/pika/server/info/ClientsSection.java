package pika.server.info;

import pika.net.server.Connection;
import pika.server.blocking.Waiters;
import pika.server.config.LiveConfig;
import pika.server.session.Session;
import pika.server.session.Sessions;
import pika.server.tracking.Tracking;
import pika.server.transaction.Watches;

/** INFO clients: how many are connected, and the sizes of their largest buffers. */
public final class ClientsSection implements InfoSection {
  private final Sessions sessions;
  private final Waiters waiters;
  private final Watches watches;
  private final LiveConfig config;
  private final Tracking tracking;

  public ClientsSection(
      Sessions sessions, Waiters waiters, Watches watches, LiveConfig config, Tracking tracking) {
    this.sessions = sessions;
    this.waiters = waiters;
    this.watches = watches;
    this.config = config;
    this.tracking = tracking;
  }

  @Override
  public Part part() {
    return Part.CLIENTS;
  }

  @Override
  public void writeTo(InfoText text) {
    long largestInput = 0;
    long largestOutput = 0;
    int subscribers = 0;
    int watching = 0;
    int held = 0;
    for (Session session : sessions.all()) {
      if (session.subscriber().isSubscribed()) {
        subscribers++;
      }
      if (session.transaction().watched() != null) {
        watching++;
      }
      if (session.isHeld()) {
        held++;
      }
      Connection connection = session.connection();
      largestInput = Math.max(largestInput, connection.queryBufferBytes());
      largestOutput =
          Math.max(largestOutput, connection.outputBufferBytes() + connection.outputListBytes());
    }
    text.line("connected_clients", sessions.size())
        .line("cluster_connections", 0)
        .line("maxclients", OpenFiles.mostClients(config.current()))
        .line("client_recent_max_input_buffer", largestInput)
        .line("client_recent_max_output_buffer", largestOutput)
        .line("blocked_clients", waiters.count() + held)
        .line("tracking_clients", tracking.clients())
        .line("pubsub_clients", subscribers)
        .line("watching_clients", watching)
        .line("clients_in_timeout_table", waiters.countWithTimeout())
        .line("total_watched_keys", watches.keyCount())
        .line("total_blocking_keys", waiters.keyCount())
        .line("total_blocking_keys_on_nokey", waiters.keyCountUntilGone());
  }
}
