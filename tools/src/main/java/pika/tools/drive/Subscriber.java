package pika.tools.drive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import pika.net.client.FrameConnection;
import pika.net.client.FrameListener;

/** A connection that subscribes to one channel and ignores its messages. */
final class Subscriber implements FrameListener {

  private final Arrivals arrivals;
  private final byte[] subscription;

  private final Consumer<IOException> failed;

  /** @param failed called if the connection ends: servers disconnect slow subscribers */
  Subscriber(Arrivals arrivals, String channel, Consumer<IOException> failed) {
    this.arrivals = arrivals;
    this.failed = failed;
    this.subscription = ("SUBSCRIBE " + channel + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void opened(FrameConnection connection) {
    connection.send(subscription, 0, subscription.length);
  }

  @Override
  public void received(FrameConnection connection) {
    if (connection.frames() == 1) {
      arrivals.here();
    }
  }

  @Override
  public void lost(FrameConnection connection, IOException cause) {
    arrivals.failed(cause);
    failed.accept(cause);
  }
}
