package pika.tools.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import pika.net.client.Client;
import pika.net.client.ClientOptions;
import pika.net.resp.BulkReply;
import pika.net.resp.Reply;
import pika.net.resp.VerbatimReply;

/** A running server that has answered PING. Closing stops it; its directory is its starter's. */
final class ServerUnderTest implements AutoCloseable {

  private final String name;
  private final Process process;
  private final int port;
  private final double startMs;
  private final Workspace workspace;
  private final List<String> info;
  private final long pid;

  ServerUnderTest(String name, Process process, int port, double startMs, Workspace workspace)
      throws IOException {
    this.name = name;
    this.process = process;
    this.port = port;
    this.startMs = startMs;
    this.workspace = workspace;
    this.info = askInfo();
    this.pid = findPid();
  }

  String name() {
    return name;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  double startMs() {
    return startMs;
  }

  /** What the server calls itself: {@code redis_version 7.0.15}, with all such fields of INFO. */
  String version() {
    List<String> versions = info.stream()
        .filter(line -> line.matches("[a-z]+_version:.+"))
        .filter(line -> !line.startsWith("gcc_"))
        .map(line -> line.replace(':', ' '))
        .toList();
    return versions.isEmpty() ? "unknown version" : String.join(", ", versions);
  }

  /** @throws IOException if the server has ended */
  ProcStat stat() throws IOException {
    try {
      return ProcStat.of(pid);
    } catch (IOException e) {
      throw new IOException(name + " has ended while it was measured", e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    workspace.stop(process);
  }

  private List<String> askInfo() throws IOException {
    try (Client client = Client.connect(address(), ClientOptions.DEFAULT)) {
      Reply reply = client.call("INFO", "server");
      if (reply instanceof BulkReply bulk) {
        return bulk.text().lines().toList();
      }
      return reply instanceof VerbatimReply text ? text.text().lines().toList() : List.of();
    }
  }

  /**
   * The server itself, where the started process is a launcher that waits for it. INFO may name a
   * number from another namespace, so only a process of our own tree is believed.
   */
  private long findPid() {
    long told = info.stream()
        .filter(line -> line.matches("process_id:\\d{1,18}"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
        .findFirst()
        .orElse(process.pid());
    boolean ours = process.descendants().anyMatch(child -> child.pid() == told);
    return ours ? told : process.pid();
  }
}
