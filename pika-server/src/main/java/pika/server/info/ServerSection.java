package pika.server.info;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import pika.server.config.ConfigKeys;
import pika.server.config.LiveConfig;
import pika.server.config.TlsKeys;

/** INFO server: which program this is, and since when it has been running. */
public final class ServerSection implements InfoSection {
  private static final long LRU_CLOCK_MASK = (1 << 24) - 1;

  private final ServerIdentity identity;
  private final LiveConfig config;
  private final Supplier<String> transport;

  /**
   * Creates the section.
   *
   * @param transport supplies the name of the network transport
   */
  public ServerSection(ServerIdentity identity, LiveConfig config, Supplier<String> transport) {
    this.identity = identity;
    this.config = config;
    this.transport = transport;
  }

  @Override
  public Part part() {
    return Part.SERVER;
  }

  @Override
  public void writeTo(InfoText text) {
    long nowMs = System.currentTimeMillis();
    long uptimeMs = Math.max(0, nowMs - identity.startedMs());
    int plainPort = config.get(ConfigKeys.PORT);
    text.line("redis_version", Version.REDIS)
        .line("redis_git_sha1", "00000000")
        .line("redis_git_dirty", 0)
        .line("redis_build_id", 0)
        .line("redis_mode", "standalone")
        .line("pika_version", Version.PIKA)
        .line("os", property("os.name") + " " + property("os.version") + " " + property("os.arch"))
        .line("arch_bits", 64)
        .line("monotonic_clock", "System.nanoTime")
        .line("multiplexing_api", transport.get())
        .line("java_version", Runtime.version())
        .line("process_id", ProcessHandle.current().pid())
        .line("process_supervised", "no")
        .line("run_id", identity.runId())
        .line("tcp_port", plainPort == 0 ? config.get(TlsKeys.TLS_PORT) : plainPort)
        .line("server_time_usec", nowMs * 1000)
        .line("uptime_in_seconds", TimeUnit.MILLISECONDS.toSeconds(uptimeMs))
        .line("uptime_in_days", TimeUnit.MILLISECONDS.toDays(uptimeMs))
        .line("hz", 10)
        .line("configured_hz", 10)
        .line("lru_clock", (nowMs / 1000) & LRU_CLOCK_MASK)
        .line("executable", property("java.home") + "/bin/java")
        .line("config_file", Objects.requireNonNullElse(config.file(), ""))
        .line("io_threads_active", 0);
    listeners(text);
  }

  /** Adds a line per listener, as in Redis 7.2. */
  private void listeners(InfoText text) {
    int count = 0;
    String addresses = config.get(ConfigKeys.BIND).stream()
        .map(address -> ",bind=" + address)
        .collect(Collectors.joining());
    if (config.get(ConfigKeys.PORT) != 0) {
      text.line(
          "listener" + count++, "name=tcp" + addresses + ",port=" + config.get(ConfigKeys.PORT));
    }
    if (!config.get(ConfigKeys.UNIXSOCKET).isEmpty()) {
      text.line("listener" + count++, "name=unix,bind=" + config.get(ConfigKeys.UNIXSOCKET));
    }
    if (config.get(TlsKeys.TLS_PORT) != 0) {
      text.line(
          "listener" + count, "name=tls" + addresses + ",port=" + config.get(TlsKeys.TLS_PORT));
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
