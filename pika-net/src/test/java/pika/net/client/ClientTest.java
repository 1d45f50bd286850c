package pika.net.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pika.net.client.CountedBatch.Tally;
import pika.net.resp.BulkReply;
import pika.net.resp.Reply;
import pika.net.resp.RequestDecoder;
import pika.net.resp.RespLimits;
import pika.net.server.Running;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientTest {

  private static final int MB = 1 << 20;
  private static final byte[] ECHO = {'E', 'C', 'H', 'O'};

  @Test
  void fullSocketsOnBothSidesStopNobody() throws Exception {
    int commands = 100;
    byte[] megabyte = new byte[MB];
    try (ScriptedServer server = ScriptedServer.running(ClientTest::echoOneByOne);
        Client client = Client.connect(server.address(), ClientOptions.DEFAULT)) {
      CountedBatch batch = client.countedBatch();
      for (int i = 0; i < commands; i++) {
        batch.add(ECHO, megabyte);
      }
      assertThat(batch.finish().replies()).isEqualTo(commands);
      byte[] huge = new byte[30 * MB];
      assertThat(((BulkReply) client.call(ECHO, huge)).length()).isEqualTo(huge.length);
    }
  }

  @Test
  void noMoreIsInFlightThanAllowed() throws Exception {
    try (Running server = Running.withDefaults();
        Client client = Client.connect(address(server), ClientOptions.DEFAULT.maxInFlight(4, MB))) {
      Thread sender = new Thread(() -> {
        try {
          Batch batch = client.batch();
          for (int i = 0; i < 12; i++) {
            batch.add("HANG", "" + i);
          }
          assertThat(batch.replies()).hasSize(12);
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      });
      sender.start();
      for (int released = 0; released < 12; released++) {
        int waiting = 4 - released % 4;
        Running.await(() -> server.hanging() == waiting);
        assertThat(server.received()).isEqualTo(released + waiting);
        assertThat(client.outstandingCommands()).isEqualTo(4);
        assertThat(server.release()).isTrue();
      }
      sender.join();
    }
  }

  @Test
  void bytesInFlightAreBoundedButForOneLargeCommand() throws Exception {
    try (Running server = Running.withDefaults();
        Client client =
            Client.connect(address(server), ClientOptions.DEFAULT.maxInFlight(100, 1000))) {
      Batch batch = client.batch();
      byte[] large = new byte[MB];
      for (int i = 0; i < 3; i++) {
        batch.add("PING");
        batch.add(ECHO, large);
        batch.flush();
        assertThat(client.outstandingCommands()).isLessThanOrEqualTo(1);
      }
      assertThat(batch.replies()).hasSize(6);
    }
  }

  @Test
  void aBrokenConnectionFailsEveryOutstandingReplyOnce() throws Exception {
    int threads = 10;
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (Running server = Running.withDefaults();
        Client client = Client.connect(address(server), ClientOptions.DEFAULT)) {
      Batch batch = client.batch();
      batch.add("HANG", "batch");
      batch.flush();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Thread caller = new Thread(() -> {
          try {
            client.call("HANG", "call");
          } catch (Exception e) {
            failures.add(e);
          }
        });
        caller.start();
        callers.add(caller);
      }
      Running.await(() -> server.hanging() == threads + 1);
      server.cut();
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(failures)
          .hasSize(threads)
          .allSatisfy(failure -> assertThat(failure).isInstanceOf(ConnectionLostException.class));
      assertThatThrownBy(batch::replies).isInstanceOf(ConnectionLostException.class);
      assertThatThrownBy(() -> client.call("PING")).isInstanceOf(ConnectionLostException.class);
      assertThat(client.outstandingCommands()).isZero();
    }
  }

  @Test
  void aSilentServerIsGivenUp() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.running(socket -> end.await());
        Client client =
            Client.connect(server.address(), ClientOptions.DEFAULT.replyTimeoutMs(50))) {
      assertThatThrownBy(() -> client.call("PING"))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("the server sent nothing for 50 ms while 1 commands");
      end.countDown();
    }
  }

  @Test
  void aServerThatTakesNothingIsGivenUp() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.running(socket -> end.await());
        Client client =
            Client.connect(server.address(), ClientOptions.DEFAULT.replyTimeoutMs(50))) {
      assertThatThrownBy(() -> client.call(ECHO, new byte[50 * MB]))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("the server sent nothing for 50 ms");
      end.countDown();
    }
  }

  @Test
  void whoCannotBeReachedIsNamedAtOnce() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    assertThatThrownBy(() -> Client.connect("127.0.0.1", nobody))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessageContaining("refused");
    assertThatThrownBy(() -> Client.connect("no such host", 1))
        .isInstanceOf(ConnectionLostException.class)
        .hasMessage("unknown host no such host");
  }

  @Test
  void anInterruptEndsAWaitAndNothingElse() throws Exception {
    try (Running server = Running.withDefaults();
        Client client = Client.connect(address(server), ClientOptions.DEFAULT)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> client.call("HANG", "late"))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      Running.await(server::release);
      assertThat(client.call("ECHO", "next")).isEqualTo(Reply.bulk("next"));
    }
  }

  @Test
  void aBatchInterruptedWhileItWaitsForRoomGoesOn() throws Exception {
    try (Running server = Running.withDefaults();
        Client client = Client.connect(
            address(server), ClientOptions.DEFAULT.maxInFlight(1, MB).batchBytes(64))) {
      Batch batch = client.batch();
      batch.add("HANG", "first");
      batch.flush();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> batch.add(ECHO, new byte[100]))
          .isInstanceOf(InterruptedIOException.class);
      batch.add("ECHO", "kept");
      assertThatThrownBy(batch::flush).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      Running.await(server::release);
      assertThat(batch.replies()).containsExactly(Reply.bulk("first"), Reply.bulk("kept"));
    }
  }

  @Test
  void pushesGoToTheirListenerWhereverTheyCome() throws Exception {
    Queue<Reply> pushes = new ConcurrentLinkedQueue<>();
    try (ScriptedServer server = ScriptedServer.running(socket -> {
          awaitBytes(socket);
          sendByteByByte(socket, ">1\r\n+a\r\n+one\r\n>1\r\n+b\r\n*1\r\n:2\r\n>0\r\n");
          awaitBytes(socket);
          sendByteByByte(
              socket, ">1\r\n+c\r\n-ERR three\r\n>1\r\n+d\r\n$4\r\nfour\r\n>1\r\n+e\r\n");
          awaitBytes(socket);
        });
        Client client =
            Client.connect(server.address(), ClientOptions.DEFAULT.pushListener(pushes::add))) {
      Batch batch = client.batch();
      batch.add("x");
      batch.add("x");
      assertThat(batch.replies())
          .containsExactly(Reply.simple("one"), Reply.array(Reply.integer(2)));
      CountedBatch counted = client.countedBatch();
      counted.add(ECHO);
      counted.add(ECHO);
      assertThat(counted.finish()).isEqualTo(new Tally(2, 1, 22, "ERR three"));
      Running.await(() -> pushes.size() == 6);
      assertThat(pushes).element(5).isEqualTo(Reply.push(List.of(Reply.simple("e"))));
      assertThat(client.outstandingCommands()).isZero();
    }
  }

  @Test
  void whatNobodyAskedForEndsTheConnectionAndIsToldToWhoCallsNext() throws Exception {
    try (ScriptedServer server = ScriptedServer.running(socket -> {
          awaitBytes(socket);
          sendByteByByte(socket, "-ERR max number of clients reached\r\n");
        });
        Client client = Client.connect(server.address(), ClientOptions.DEFAULT)) {
      client.tell("x");
      Running.await(() -> !client.isOpen());
      assertThatThrownBy(() -> client.call("PING"))
          .hasMessage(
              "unexpected reply from the server: (error) ERR max number of clients reached");
    }
  }

  @Test
  void whatIsNoReplyEndsTheConnection() throws Exception {
    try (ScriptedServer server = ScriptedServer.running(socket -> {
          awaitBytes(socket);
          sendByteByByte(socket, "HTTP/1.1 400\r\n");
          awaitBytes(socket);
        });
        Client client = Client.connect(server.address(), ClientOptions.DEFAULT)) {
      assertThatThrownBy(() -> client.call("PING"))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessage("Protocol error: unknown reply type H");
    }
  }

  @Test
  void aLargeArgumentIsNotCopiedAsAWhole() throws Exception {
    byte[] large = new byte[64 * MB];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Running server = Running.withDefaults();
        Client client = Client.connect(address(server), ClientOptions.DEFAULT)) {
      byte[][] set = {{'S', 'E', 'T'}, {'k'}, large};
      client.call("PING");
      // The assertions allocate too, so they come after the second measurement.
      long before = threads.getCurrentThreadAllocatedBytes();
      Reply reply = client.call(set);
      CountedBatch batch = client.countedBatch();
      batch.add(set);
      CountedBatch.Tally tally = batch.finish();
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(reply).isEqualTo(Reply.OK);
      assertThat(tally.replies()).isEqualTo(1);
      assertThat(allocated).isLessThan(MB);
    }
  }

  @Test
  void clientsShareALoop() throws Exception {
    try (Running server = Running.withDefaults();
        ClientLoop loop = ClientLoop.start("shared")) {
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(Client.connect(loop, address(server), ClientOptions.DEFAULT));
      }
      for (int i = 0; i < clients.size(); i++) {
        assertThat(clients.get(i).call("ECHO", "" + i)).isEqualTo(Reply.bulk("" + i));
      }
      clients.get(0).close();
      assertThat(clients.get(1).call("PING")).isEqualTo(Reply.simple("PONG"));
      loop.close();
      Running.await(() -> !clients.get(1).isOpen());
      assertThatThrownBy(() -> Client.connect(loop, address(server), ClientOptions.DEFAULT))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessage("the loop is closed");
    }
  }

  /** Does not read while it writes. */
  private static void echoOneByOne(Socket socket) throws Exception {
    RequestDecoder decoder = new RequestDecoder(RespLimits.DEFAULT);
    byte[] in = new byte[10_000];
    OutputStream out = socket.getOutputStream();
    for (int read = socket.getInputStream().read(in);
        read > 0;
        read = socket.getInputStream().read(in)) {
      for (int at = 0; at < read; ) {
        at = decoder.decode(in, at, read);
        if (decoder.hasRequest()) {
          byte[] text = decoder.takeArgs()[1];
          out.write(("$" + text.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
          out.write(text);
          out.write(new byte[] {'\r', '\n'});
        }
      }
    }
  }

  private static void awaitBytes(Socket socket) throws Exception {
    byte[] in = new byte[1000];
    if (socket.getInputStream().read(in) < 0) {
      throw new InterruptedIOException();
    }
  }

  private static void sendByteByByte(Socket socket, String text) throws Exception {
    socket.setTcpNoDelay(true);
    for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
      socket.getOutputStream().write(b);
      socket.getOutputStream().flush();
    }
  }

  private static SocketAddress address(Running server) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }
}
