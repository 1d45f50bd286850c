package pika.net.client;

import java.io.IOException;

/** Receives the events of a {@link FrameConnection}, on its loop's thread; must not block. */
public interface FrameListener {

  /** The connection is established. */
  void opened(FrameConnection connection);

  /** Frames have arrived; {@link FrameConnection#frames} has increased. */
  void received(FrameConnection connection);

  /** The connection is lost or could not be established; the last event. */
  void lost(FrameConnection connection, IOException cause);
}
