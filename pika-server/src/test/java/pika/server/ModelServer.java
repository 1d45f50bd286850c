package pika.server;

import java.io.IOException;
import java.util.List;
import pika.server.config.ConfigKeys;
import pika.server.config.ConfigLoader;
import pika.server.config.LiveConfig;
import pika.server.config.LoadedConfig;
import pika.server.dispatch.Model;

/**
 * The server with another thread model, for benchmarks:
 * {@code MODEL [conf-file] [--name value ...]}. Runs until SIGTERM.
 */
public final class ModelServer {
  private ModelServer() {}

  /** Starts; any failure ends the process with a stack trace. */
  public static void main(String[] args) throws IOException {
    List<String> words = List.of(args);
    Model model = Model.named(words.get(0));
    PikaServer server = start(model, words.subList(1, words.size()));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "model-shutdown"));
    System.out.println("thread model " + model + " on " + server.listensOn());
  }

  /** Returns a listening server. */
  static PikaServer start(Model model, List<String> settings) throws IOException {
    LoadedConfig loaded = ConfigLoader.load(settings, System.in);
    LiveConfig config = new LiveConfig(loaded);
    LogSetup.open(loaded.config());
    config.follow(LogSetup::level, ConfigKeys.LOGLEVEL);
    MemoryBudget budget = MemoryBudget.of(config.current());
    PikaServer server = new PikaServer(config, budget, () -> {}, model.factory());
    server.start();
    return server;
  }
}
