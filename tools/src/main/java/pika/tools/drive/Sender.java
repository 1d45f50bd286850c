package pika.tools.drive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import pika.net.client.FrameConnection;
import pika.net.client.FrameListener;

/**
 * One connection of a load: sends a burst, waits for all its replies, and reports that. Confined to
 * the loop.
 */
final class Sender implements FrameListener {

  /** The owner of senders. */
  interface Crew {
    /** The sender is connected. */
    void joined(Sender sender);

    /** All replies have arrived, {@code nanos} after the time given to {@link #send}. */
    void answered(Sender sender, long nanos);

    /** A command failed or the connection is lost. */
    void failed(IOException cause);
  }

  private final Arrivals arrivals;
  private final Bursts bursts;
  private final Crew crew;
  private @Nullable FrameConnection connection;
  private boolean busy;
  private long awaited;
  private long sinceNanos;

  Sender(Arrivals arrivals, Bursts bursts, Crew crew) {
    this.arrivals = arrivals;
    this.bursts = bursts;
    this.crew = crew;
  }

  /** Sends the next burst; its latency is measured from {@code since}. */
  void send(long since) {
    FrameConnection to = connection;
    if (to == null) {
      throw new IllegalStateException("not connected yet");
    }
    Burst burst = bursts.next();
    awaited += burst.replies();
    sinceNanos = since;
    busy = true;
    to.send(burst.bytes(), 0, burst.bytes().length);
  }

  @Override
  public void opened(FrameConnection opened) {
    connection = opened;
    crew.joined(this);
    arrivals.here();
  }

  @Override
  public void received(FrameConnection from) {
    if (from.errors() > 0) {
      crew.failed(new IOException("refused: " + from.firstError()));
    } else if (busy && from.frames() >= awaited) {
      busy = false;
      crew.answered(this, System.nanoTime() - sinceNanos);
    }
  }

  @Override
  public void lost(FrameConnection from, IOException cause) {
    arrivals.failed(cause);
    crew.failed(cause);
  }
}
