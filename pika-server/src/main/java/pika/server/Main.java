package pika.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.server.config.Config;
import pika.server.config.ConfigException;
import pika.server.config.ConfigKeys;
import pika.server.config.ConfigLoader;
import pika.server.config.LiveConfig;
import pika.server.config.LoadedConfig;
import pika.server.info.OpenFiles;
import pika.server.info.Version;
import pika.storage.rocks.FileFailure;
import pika.storage.rocks.StorageException;

/**
 * Starts the server: {@code [conf-file] [--name value ...]}. An invalid configuration, a data
 * directory that can't be opened, or an address that can't be bound gives one line on standard
 * error and exit code 1.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
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

  /** Starts the server; returns what went wrong, or null. */
  private static @Nullable String start(List<String> args) {
    try {
      LoadedConfig loaded = ConfigLoader.load(args, System.in);
      LogSetup.open(loaded.config());
      loaded.warnings().forEach(warning -> warn(loaded.config(), warning));
      LiveConfig config = new LiveConfig(loaded);
      config.follow(LogSetup::level, ConfigKeys.LOGLEVEL);
      String foreign = ForeignData.in(Path.of(loaded.config().get(ConfigKeys.DIR)));
      if (foreign != null) {
        warn(loaded.config(), foreign);
      }
      MemoryBudget budget = MemoryBudget.of(config.current());
      PikaServer server = new PikaServer(config, budget, () -> exit(0));
      return serve(server, config.current(), budget);
    } catch (ConfigException | StorageException | BindException e) {
      return oneLine(e);
    }
  }

  /**
   * Serves until the process ends, which it also does when the server is beyond repair. Returns
   * what went wrong at the start, or null.
   */
  static @Nullable String serve(PikaServer server, Config config, MemoryBudget budget) {
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "pika-shutdown"));
    // Whoever started the process is expected to restart it.
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

  /**
   * Ends the process as SIGTERM does, on another thread, because the one that runs SHUTDOWN must
   * not wait.
   */
  private static void exit(int code) {
    new Thread(() -> System.exit(code), "pika-exit").start();
  }

  private static void announce(PikaServer server, Config config, MemoryBudget budget) {
    say(config, "pika " + Version.PIKA + ", process " + ProcessHandle.current().pid());
    say(config, "listening on " + server.listensOn());
    Path data = Path.of(config.get(ConfigKeys.DIR)).toAbsolutePath().normalize();
    String sync = config.get(ConfigKeys.APPENDFSYNC).name().toLowerCase(Locale.ROOT);
    say(config, "data in " + data + ", appendfsync " + sync);
    say(config, "memory: " + budget);
    if (budget.isHeapTooLarge()) {
      say(
          config,
          "memory: the Java heap leaves too little of max-memory-budget for"
              + " RocksDB; start with tools/pika, which sizes the heap, or lower -Xmx");
    }
    if (budget.isTooSmall()) {
      say(
          config,
          "memory: max-memory-budget is too small; expect the process to use at least 256 MB");
    }
    if (budget.isTooLarge()) {
      say(
          config,
          "memory: max-memory-budget is more than the " + MemoryBudget.machineMegabytes()
              + " MB of this machine or container; expect the system to kill the process");
    }
    if (MemoryBudget.isBlockCacheTooSmall(config)) {
      say(
          config,
          "memory: block-cache is below the minimum and is treated as 32mb,"
              + " because it also holds memtables and indexes");
    }
    long wanted = config.get(ConfigKeys.MAXCLIENTS);
    int clients = OpenFiles.mostClients(config);
    if (clients < wanted) {
      say(
          config,
          "maxclients " + wanted + " cannot be reached, because the process may open only "
              + OpenFiles.limit() + " files: at most " + clients
              + " clients are accepted; raise the limit (ulimit -n, LimitNOFILE),"
              + " or leave more of it to clients with max-cache-files");
    }
    System.out.flush();
  }

  /** Prints a line for whoever starts the server, and logs it if the log goes elsewhere. */
  private static void say(Config config, String line) {
    System.out.println(line);
    if (!config.get(ConfigKeys.LOGFILE).isEmpty()) {
      LOG.info(line);
    }
  }

  private static void warn(Config config, String warning) {
    System.err.println("pika: " + warning);
    if (!config.get(ConfigKeys.LOGFILE).isEmpty()) {
      LOG.warn(warning);
    }
  }

  /** Writes the pid file, which is removed when the process exits in an orderly way. */
  private static void writePidFile(Config config) {
    String name = config.get(ConfigKeys.PIDFILE);
    if (name.isEmpty()) {
      return;
    }
    try {
      Path file = Files.writeString(Path.of(name), ProcessHandle.current().pid() + "\n");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(file), "pika-pidfile"));
    } catch (IOException e) {
      throw new ConfigException("pidfile: cannot write " + name + ": " + FileFailure.reason(e), e);
    }
  }

  /** Returns the message in one line; those of RocksDB or the operating system may have several. */
  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static void delete(Path pidFile) {
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      System.err.println(
          "pika: cannot delete the pid file " + pidFile + ": " + FileFailure.reason(e));
    }
  }

  private static void usage(PrintStream out) {
    out.println("usage: pika server [conf-file] [-] [--name value ...]");
    out.println("  -               read settings from standard input");
    out.println("  --name value    override a setting; conf/pika.conf describes them all");
    out.println("  -v, --version   print the version and exit");
    out.println("  -h, --help      print this help and exit");
  }
}
