package pika.net.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Netty's event loops, except that they outlive an {@code OutOfMemoryError}. A command that uses up
 * the heap on another thread lets every thread that allocates meanwhile fail, wherever that is; a
 * loop of Netty that fails outside of a handler or a task ends, and its connections with it.
 *
 * <p>What remains to be done is not forgotten: a socket that is ready is reported again, and the
 * other tasks are still queued.
 */
public final class SteadyLoops extends MultiThreadIoEventLoopGroup {
  private static final Logger LOG = LoggerFactory.getLogger(SteadyLoops.class);

  /** Creates {@code loops} loops, which do their I/O with handlers of {@code factory}. */
  public SteadyLoops(int loops, ThreadFactory threads, IoHandlerFactory factory) {
    super(loops, threads, factory);
  }

  @Override
  protected IoEventLoop newChild(Executor executor, IoHandlerFactory factory, Object... arguments) {
    return new SteadyLoop(this, executor, factory);
  }

  private static final class SteadyLoop extends SingleThreadIoEventLoop {
    SteadyLoop(IoEventLoopGroup group, Executor executor, IoHandlerFactory factory) {
      super(group, executor, factory);
    }

    @Override
    protected int runIo() {
      try {
        return super.runIo();
      } catch (OutOfMemoryError e) {
        report(e);
        return 0;
      }
    }

    @Override
    protected boolean runAllTasks(long timeoutNanos) {
      try {
        return super.runAllTasks(timeoutNanos);
      } catch (OutOfMemoryError e) {
        report(e);
        return true;
      }
    }

    private static void report(OutOfMemoryError e) {
      try {
        LOG.error("an event loop ran out of memory and continues: {}", e.getMessage());
      } catch (OutOfMemoryError stillNone) {
        // Serving the clients matters more than the line.
      }
    }
  }
}
