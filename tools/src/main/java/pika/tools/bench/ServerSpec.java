package pika.tools.bench;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server: its name in the report and how to start it.
 *
 * @param command the address, {@code host:port}, of a running server; or a command for {@code sh}
 *     with the placeholders {@code {port}}, {@code {dir}} (an empty directory), {@code {home}}
 *     (this project) and {@code {budget}} (memory in bytes)
 */
record ServerSpec(String name, String command) {

  private static final Pattern ADDRESS =
      Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(?<port>\\d{1,5})");

  /** The same durability as ours by default: every write logged, synced every second. */
  static final ServerSpec REDIS = new ServerSpec(
      "redis",
      "redis-server --port {port} --dir {dir} --save '' --appendonly yes --appendfsync everysec"
          + " --maxclients 21000");

  static final ServerSpec OURS = new ServerSpec(
      "ours",
      "{home}/tools/pika server --port {port} --db-path {dir}/data --dump-path {dir}/dump"
          + " --appendfsync everysec --max-memory-budget {budget} --maxclients 21000");

  /**
   * The servers to compare, in order.
   *
   * @param given commands by name; {@code {ours}} in one stands for the command of ours, so that
   *     variants of it are short
   * @param names the selected ones; empty for the two predefined ones, then those given
   * @throws IllegalArgumentException if a name is unknown or not usable as a file name
   */
  static List<ServerSpec> choose(Map<String, String> given, List<String> names) {
    Map<String, ServerSpec> known = new LinkedHashMap<>();
    known.put(REDIS.name, REDIS);
    known.put(OURS.name, OURS);
    given.forEach((name, command) -> {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw new IllegalArgumentException("not a name for a server: " + name);
      }
      known.put(name, new ServerSpec(name, command.replace("{ours}", OURS.command)));
    });
    if (names.isEmpty()) {
      return List.copyOf(known.values());
    }
    if (!known.keySet().containsAll(names)) {
      throw new IllegalArgumentException("--compare: there are only " + known.keySet());
    }
    return names.stream().distinct().map(known::get).toList();
  }

  /** The server's address, if it is already running. */
  Optional<InetSocketAddress> runningAt() {
    Matcher address = ADDRESS.matcher(command);
    return address.matches()
        ? Optional.of(
            new InetSocketAddress(address.group("host"), Integer.parseInt(address.group("port"))))
        : Optional.empty();
  }

  String command(int port, Path dir, Path home, long budgetBytes) {
    return command
        .replace("{port}", Integer.toString(port))
        .replace("{dir}", quote(dir))
        .replace("{home}", quote(home))
        .replace("{budget}", Long.toString(budgetBytes));
  }

  /** Quotes a path as one shell word. */
  private static String quote(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
