package pika.net.client;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads for any number of connections: the {@link Client}s and
 * {@link FrameConnection}s opened on it. It always reads, whatever the writers are waiting for, so
 * a server that writes its replies before it reads on never stalls. All connections are read into
 * one buffer and decoded at once; an idle connection holds no buffer.
 *
 * <p>Safe for use by any thread. Closing it closes its connections. Its thread is a daemon.
 */
public final class ClientLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClientLoop.class);

  /** Enough that a reply of 100 MB takes hundreds of reads, not thousands. */
  private static final int READ_BYTES = 128 * 1024;

  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final byte[] input = new byte[READ_BYTES];
  private volatile boolean closed;

  private ClientLoop(Selector selector, String name) {
    this.selector = selector;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /**
   * Starts a loop.
   *
   * @param name the name of its thread
   */
  public static ClientLoop start(String name) throws IOException {
    ClientLoop loop = new ClientLoop(Selector.open(), name);
    loop.thread.start();
    return loop;
  }

  /**
   * Runs {@code task} on the loop's thread.
   *
   * @throws IllegalStateException if the loop is closed
   */
  public void execute(Runnable task) {
    tasks.add(task);
    // Checked after adding: either the loop's last poll finds the task, or this takes it back.
    if (closed && tasks.remove(task)) {
      throw new IllegalStateException("the loop is closed");
    }
    wakeUp();
  }

  /** Whether the calling thread is the loop's, which must never block. */
  public boolean isInLoop() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  Selector selector() {
    return selector;
  }

  /** The shared read buffer; its content is decoded before the next connection reads. */
  byte[] input() {
    return input;
  }

  /** Makes the selector notice changed keys and interests. */
  void wakeUp() {
    if (!isInLoop()) {
      selector.wakeup();
    }
  }

  private void run() {
    while (!closed) {
      try {
        selector.select(ClientLoop::ready);
      } catch (IOException e) {
        LOG.error("the client event loop cannot continue; closing all its connections", e);
        closed = true;
      }
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        runSafely(task);
      }
    }
    end();
  }

  private static void ready(SelectionKey key) {
    Link link = (Link) key.attachment();
    try {
      link.ready(key.readyOps());
    } catch (CancelledKeyException e) {
      // Closed by another thread in the meantime.
    } catch (RuntimeException | Error e) {
      LOG.error("handling a connection's events failed; closing the connection", e);
      link.fail(new IOException("unexpected failure while handling the connection: " + e, e));
    }
  }

  /** A failing task must not affect the others. */
  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a task of the client event loop failed", e);
    }
  }

  private void end() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      runSafely(task);
    }
    IOException cause = new IOException("the client was closed");
    for (SelectionKey key : selector.keys().toArray(SelectionKey[]::new)) {
      ((Link) key.attachment()).fail(cause);
    }
    try {
      selector.close();
    } catch (IOException e) {
      LOG.warn("cannot close the selector", e);
    }
  }
}
