package pika.server;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.ExecutorService;
import pika.net.server.Loop;
import pika.net.server.NetServer;
import pika.server.config.ConfigKeys;
import pika.server.config.ConfigLoader;
import pika.server.config.LiveConfig;
import pika.server.config.LoadedConfig;

/** The server, losing an event loop as soon as it serves, which no client can cause. */
public final class LosesALoop {
  private LosesALoop() {}

  /** Starts as {@link Main} does. */
  public static void main(String[] args) throws Exception {
    LoadedConfig loaded = ConfigLoader.load(List.of(args), System.in);
    LogSetup.open(loaded.config());
    LiveConfig config = new LiveConfig(loaded);
    config.follow(LogSetup::level, ConfigKeys.LOGLEVEL);
    MemoryBudget budget = MemoryBudget.of(config.current());
    PikaServer server = new PikaServer(config, budget, () -> {});
    String failure = Main.serve(server, config.current(), budget);
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    Field net = PikaServer.class.getDeclaredField("net");
    net.setAccessible(true);
    Method eventLoop = Loop.class.getDeclaredMethod("eventLoop");
    eventLoop.setAccessible(true);
    Loop first = ((NetServer) net.get(server)).loops().get(0);
    ((ExecutorService) eventLoop.invoke(first)).shutdown();
  }
}
