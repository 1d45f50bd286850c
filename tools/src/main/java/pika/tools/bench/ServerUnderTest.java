package pika.tools.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import pika.net.client.Client;
import pika.net.client.ClientOptions;
import pika.net.resp.BulkReply;
import pika.net.resp.Reply;
import pika.net.resp.VerbatimReply;

/** A server that has answered PING and is empty. Closing it leaves nothing of the benchmark in it. */
interface ServerUnderTest extends AutoCloseable {

  String name();

  InetSocketAddress address();

  /** From starting it to its first PONG; NaN if somebody else has started it. */
  double startMs();

  /** Its INFO, section {@code server}, by lines. */
  List<String> info();

  /**
   * What it costs so far; {@link ProcStat#UNKNOWN} if its process is out of sight.
   *
   * @throws IOException if the server has ended
   */
  ProcStat stat() throws IOException;

  @Override
  void close() throws InterruptedException;

  /** What the server calls itself: {@code redis_version 7.0.15}, with all such fields of INFO. */
  default String version() {
    List<String> versions = info().stream()
        .filter(line -> line.matches("[a-z]+_version:.+"))
        .filter(line -> !line.startsWith("gcc_"))
        .map(line -> line.replace(':', ' '))
        .toList();
    return versions.isEmpty() ? "unknown version" : String.join(", ", versions);
  }

  /** Asks for INFO. */
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
