package pika.net.client;

import java.io.IOException;

/** What a {@link FrameConnection} tells, on its loop's thread, which must not be kept waiting. */
public interface FrameListener {

  /** The connection is there. */
  void opened(FrameConnection connection);

  /** {@link FrameConnection#frames} and its like have moved. */
  void received(FrameConnection connection);

  /** It is gone, or never came about; nothing is told after it. */
  void lost(FrameConnection connection, IOException cause);
}
