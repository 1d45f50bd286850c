package pika.tools.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import pika.net.client.Client;
import pika.net.client.ClientOptions;
import pika.net.resp.BulkReply;
import pika.net.resp.Reply;
import pika.net.resp.VerbatimReply;

/**
 * An empty server that has answered PING. Closing it removes everything the benchmark left in it.
 */
interface ServerUnderTest extends AutoCloseable {

  String name();

  InetSocketAddress address();

  /** The time from starting it to its first PONG; NaN if it was already running. */
  double startMs();

  /** Its INFO, section {@code server}, by lines. */
  List<String> info();

  /**
   * Its CPU and memory so far; {@link ProcStat#UNKNOWN} if its process is not visible.
   *
   * @throws IOException if the server has exited
   */
  ProcStat stat() throws IOException;

  @Override
  void close() throws InterruptedException;

  /** Its version fields in INFO: {@code redis_version 7.0.15} and the like. */
  default String version() {
    List<String> versions = info().stream()
        .filter(line -> line.matches("[a-z]+_version:.+"))
        .filter(line -> !line.startsWith("gcc_"))
        .map(line -> line.replace(':', ' '))
        .toList();
    return versions.isEmpty() ? "unknown version" : String.join(", ", versions);
  }

  /** Fetches INFO. */
  static List<String> infoOf(InetSocketAddress address) throws IOException {
    try (Client client = Client.connect(address, ClientOptions.DEFAULT)) {
      Reply reply = client.call("INFO", "server");
      if (reply instanceof BulkReply bulk) {
        return bulk.text().lines().toList();
      }
      return reply instanceof VerbatimReply text ? text.text().lines().toList() : List.of();
    }
  }
}
