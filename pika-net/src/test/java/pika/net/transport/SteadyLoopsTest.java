package pika.net.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SteadyLoopsTest {
  private static final int FAILURES = 3;
  private static final int LIMIT_SECONDS = 60;

  private final AtomicInteger failures = new AtomicInteger(FAILURES);

  @Test
  void loopThatRunsOutOfMemoryGoesOn() throws Exception {
    SteadyLoops loops = new SteadyLoops(1, new DefaultThreadFactory("steady"), this::runsOut);
    try {
      while (failures.get() > 0) {
        roundTrip(loops);
      }
      roundTrip(loops);
      assertThat(loops.isTerminated()).isFalse();
    } finally {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    assertThat(loops.isTerminated()).isTrue();
  }

  private static void roundTrip(SteadyLoops loops) throws Exception {
    loops.next().submit(() -> {}).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** A handler whose first rounds fail as if the heap were full. */
  private IoHandler runsOut(ThreadAwareExecutor executor) {
    IoHandlerFactory nio = NioIoHandler.newFactory();
    IoHandler handler = nio.newHandler(executor);
    InvocationHandler failing = (proxy, method, arguments) -> {
      if (method.getName().equals("run") && failures.getAndDecrement() > 0) {
        throw new OutOfMemoryError("test");
      }
      return method.invoke(handler, arguments);
    };
    return (IoHandler) Proxy.newProxyInstance(
        IoHandler.class.getClassLoader(), new Class<?>[] {IoHandler.class}, failing);
  }
}
