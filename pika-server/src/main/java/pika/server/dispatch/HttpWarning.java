package pika.server.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.server.Connection;

/**
 * Logs that a client speaks HTTP, at most once a minute, because a browser could otherwise fill the
 * disk. Thread-safe.
 */
final class HttpWarning {
  private static final Logger LOG = LoggerFactory.getLogger(HttpWarning.class);
  private static final long SILENCE_MS = TimeUnit.MINUTES.toMillis(1);

  private final AtomicLong nextMs = new AtomicLong(Long.MIN_VALUE);

  void closing(Connection connection, long nowMs) {
    long due = nextMs.get();
    if (nowMs >= due && nextMs.compareAndSet(due, nowMs + SILENCE_MS)) {
      LOG.warn(
          "closing {}: it sent an HTTP request, possibly a cross-protocol attack through a browser",
          connection);
    }
  }
}
