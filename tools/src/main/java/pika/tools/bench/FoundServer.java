package pika.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import pika.net.client.Client;
import pika.net.client.ClientOptions;
import pika.net.resp.ErrorReply;
import pika.net.resp.Reply;

/**
 * A server that is already running: it is measured over the network, and its CPU and memory cost is
 * unknown. Only its database 0 is used; it must be empty, and is emptied after each turn.
 */
record FoundServer(String name, InetSocketAddress address, List<String> info)
    implements ServerUnderTest {

  /** @throws IOException if it cannot be reached or is not empty */
  static FoundServer at(String name, InetSocketAddress address) throws IOException {
    try (Client client = Client.connect(address, ClientOptions.DEFAULT)) {
      Reply keys = client.call("DBSIZE");
      if (keys instanceof ErrorReply error) {
        throw new IOException(error.text());
      }
      if (!keys.equals(Reply.ZERO)) {
        throw new IOException("the server holds keys, which a benchmark would delete");
      }
      return new FoundServer(name, address, ServerUnderTest.infoOf(address));
    }
  }

  @Override
  public double startMs() {
    return Double.NaN;
  }

  @Override
  public ProcStat stat() {
    return ProcStat.UNKNOWN;
  }

  @Override
  public void close() {
    try (Client client = Client.connect(address, ClientOptions.DEFAULT)) {
      client.call("FLUSHDB");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
