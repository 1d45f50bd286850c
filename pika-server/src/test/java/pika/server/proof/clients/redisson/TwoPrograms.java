package pika.server.proof.clients.redisson;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.Protocol;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;

/**
 * A server and two Redisson clients of it, one that speaks RESP2 and one that speaks RESP3. They
 * serve all classes of the run; each test finds the server empty. To be kept in a static field.
 */
final class TwoPrograms
    implements BeforeAllCallback, BeforeEachCallback, TestExecutionExceptionHandler {
  /**
   * A lock without a lease is renewed three times in this time. It is lost when the program stands
   * still for as long, so that must be more than a busy machine takes away.
   */
  static final int LOCK_WATCHDOG_MS = 6000;

  private static final int CLEAN_UP_SECONDS = 1;
  private static final int PATIENCE_MS = 30_000;
  private static final int MOST_CONNECTIONS = 32;

  private @Nullable Running running;

  ServerProcess server() {
    return requireNonNull(running).server;
  }

  RedissonClient one() {
    return requireNonNull(running).one;
  }

  RedissonClient other() {
    return requireNonNull(running).other;
  }

  /** The one for even numbers, the other for odd ones. */
  RedissonClient ofThread(int index) {
    return index % 2 == 0 ? one() : other();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running = context
        .getRoot()
        .getStore(Namespace.create(TwoPrograms.class))
        .computeIfAbsent(Running.class, key -> new Running(context), Running.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    one().getKeys().flushall();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    requireNonNull(running).servers.handleTestExecutionException(context, failure);
  }

  /** Ended by JUnit, with the run. */
  private static final class Running implements AutoCloseable {
    private final ExtensionContext context;
    private final Servers servers = new Servers();
    private final ServerProcess server;
    private final RedissonClient one;
    private final RedissonClient other;

    Running(ExtensionContext context) {
      this.context = context;
      this.server = servers.subject();
      this.one = connect(Protocol.RESP2);
      this.other = connect(Protocol.RESP3);
    }

    private RedissonClient connect(Protocol protocol) {
      Config config = new Config();
      config
          .setProtocol(protocol)
          .setCodec(StringCodec.INSTANCE)
          .setLockWatchdogTimeout(LOCK_WATCHDOG_MS)
          .setMinCleanUpDelay(CLEAN_UP_SECONDS)
          .useSingleServer()
          .setAddress("redis://127.0.0.1:" + server.port())
          .setConnectTimeout(PATIENCE_MS)
          .setTimeout(PATIENCE_MS)
          .setConnectionMinimumIdleSize(1)
          .setConnectionPoolSize(MOST_CONNECTIONS);
      return Redisson.create(config);
    }

    @Override
    public void close() {
      one.shutdown();
      other.shutdown();
      servers.afterAll(context);
    }
  }
}
