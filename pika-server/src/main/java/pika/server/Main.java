package pika.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.config.Config;
import pika.server.config.ConfigException;
import pika.server.config.ConfigKeys;
import pika.server.config.ConfigLoader;
import pika.server.config.LiveConfig;
import pika.server.config.LoadedConfig;
import pika.server.info.Version;
import pika.storage.rocks.StorageException;

/**
 * Starts the server: {@code [conf-file] [--name value ...]}. A configuration that can't be used, a
 * data directory that can't be opened and an address that can't be listened on are one line on
 * standard error and exit code 1.
 */
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  /** Runs until SIGTERM, SIGINT or SHUTDOWN. */
  public static void main(String[] args) {
    if (args.length == 1 && List.of("-v", "--version").contains(args[0])) {
      System.out.println("pika " + Version.PIKA + " (commands of Redis " + Version.REDIS + ")");
      return;
    }
    if (args.length == 1 && List.of("-h", "--help").contains(args[0])) {
      usage(System.out);
      return;
    }
    String failure = start(List.of(args));
    if (failure != null) {
      System.err.println("pika: " + failure);
      System.exit(FAILED);
    }
  }

  /** Starts serving; returns what went wrong, or null when all is well. */
  private static @Nullable String start(List<String> args) {
    try {
      LoadedConfig loaded = ConfigLoader.load(args, System.in);
      LogSetup.open(loaded.config());
      loaded.warnings().forEach(warning -> System.err.println("pika: " + warning));
      LiveConfig config = new LiveConfig(loaded);
      config.follow(LogSetup::level, ConfigKeys.LOGLEVEL);
      MemoryBudget budget = MemoryBudget.of(config.get(ConfigKeys.MAX_MEMORY_BUDGET));
      PikaServer server = new PikaServer(config, budget, () -> exit(0));
      return serve(server, config.current(), budget);
    } catch (ConfigException | StorageException | BindException e) {
      return oneLine(e);
    }
  }

  private static @Nullable String serve(PikaServer server, Config config, MemoryBudget budget) {
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "pika-shutdown"));
    // Whoever has started the process is to start it anew.
    server.whenBroken(() -> exit(FAILED));
    try {
      server.start();
      writePidFile(config);
    } catch (ConfigException | BindException e) {
      return oneLine(e);
    }
    announce(server, config, budget);
    return null;
  }

  /** Ends the process as SIGTERM does; the thread that runs SHUTDOWN must not wait. */
  private static void exit(int code) {
    new Thread(() -> System.exit(code), "pika-exit").start();
  }

  private static void announce(PikaServer server, Config config, MemoryBudget budget) {
    System.out.printf(
        "pika %s, process %d%n", Version.PIKA, ProcessHandle.current().pid());
    System.out.printf("listening on %s%n", server.listensOn());
    System.out.printf(
        "data in %s, appendfsync %s%n",
        Path.of(config.get(ConfigKeys.DIR)).toAbsolutePath().normalize(),
        config.get(ConfigKeys.APPENDFSYNC).name().toLowerCase(java.util.Locale.ROOT));
    System.out.printf("memory: %s%n", budget);
    if (budget.isHeapTooLarge()) {
      System.out.println(
          "memory: the heap is too large for the budget; tools/pika sets it, and so does -Xmx");
    }
    System.out.flush();
  }

  /** Removed again when the process ends by itself or by a signal it can hear. */
  private static void writePidFile(Config config) {
    String name = config.get(ConfigKeys.PIDFILE);
    if (name.isEmpty()) {
      return;
    }
    try {
      Path file = Files.writeString(Path.of(name), ProcessHandle.current().pid() + "\n");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(file), "pika-pidfile"));
    } catch (IOException e) {
      throw new ConfigException("pidfile: can't write " + name + ": " + e, e);
    }
  }

  /** Messages that come from RocksDB or the system may have several lines. */
  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static void delete(Path pidFile) {
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      System.err.println("pika: can't remove " + pidFile + ": " + e);
    }
  }

  private static void usage(PrintStream out) {
    out.println("usage: pika server [conf-file] [-] [--name value ...]");
    out.println("  every setting of conf/pika.conf may be given as --name value");
    out.println("  -v, --version   -h, --help");
  }
}
