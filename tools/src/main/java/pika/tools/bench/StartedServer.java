package pika.tools.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A server that the benchmark started. Closing stops it but does not delete its directory. */
final class StartedServer implements ServerUnderTest {

  private final String name;
  private final Process process;
  private final int port;
  private final double startMs;
  private final Workspace workspace;
  private final List<String> info;
  private final long pid;

  StartedServer(String name, Process process, int port, double startMs, Workspace workspace)
      throws IOException {
    this.name = name;
    this.process = process;
    this.port = port;
    this.startMs = startMs;
    this.workspace = workspace;
    this.info = ServerUnderTest.infoOf(address());
    this.pid = findPid();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public double startMs() {
    return startMs;
  }

  @Override
  public List<String> info() {
    return info;
  }

  @Override
  public ProcStat stat() throws IOException {
    try {
      return ProcStat.of(pid);
    } catch (IOException e) {
      throw new IOException(name + " exited during the measurement", e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    workspace.stop(process);
  }

  /**
   * The server's own process, if the started one is a launcher that waits for it. INFO may report a
   * process ID from another namespace, so only a descendant of ours is accepted.
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
