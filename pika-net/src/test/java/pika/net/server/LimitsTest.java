package pika.net.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pika.net.resp.BulkReply;
import pika.net.resp.Reply;
import pika.net.transport.Transport;

/** Whatever a client does, memory stays bounded and the other clients are served. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LimitsTest {

  private static final int MB = 1 << 20;

  @Test
  void takesNoMoreRequestsThanTheBudgetUntilHalfAreAnswered() throws Exception {
    try (Running running = Running.limited(options -> options.inFlight(4, MB));
        RawClient client = running.client()) {
      for (int i = 0; i < 10; i++) {
        client.send("HANG", "" + i);
      }
      client.flush();
      Running.await(() -> running.echo.hanging.size() == 4);
      assertThat(running.echo.release()).isTrue();
      assertThat(client.receive()).isEqualTo(Reply.bulk("0"));
      assertThat(running.onlyConnection().inFlight()).isEqualTo(3);
      assertThat(running.echo.received.get()).isEqualTo(4);
      for (int i = 1; i < 10; i++) {
        Running.await(running.echo::release);
        assertThat(client.receive()).isEqualTo(Reply.bulk("" + i));
      }
    }
  }

  @Test
  void takesWhatIsOverTheBudgetFromAClientThatHasClosedItsSide() throws Exception {
    assumeTrue(Transport.best() == Transport.EPOLL, "others don't notice it before they read on");
    try (Running running = Running.limited(options -> options.inFlight(4, MB));
        RawClient client = running.client()) {
      for (int i = 0; i < 10; i++) {
        client.send("HANG", "" + i);
      }
      client.shutdownOutput();
      Connection connection = running.onlyConnection();
      Running.await(() -> running.echo.hanging.size() == 4 && !connection.isReachable());
      for (int i = 0; i < 10; i++) {
        Running.await(running.echo::release);
        assertThat(client.receive()).isEqualTo(Reply.bulk("" + i));
      }
      assertThat(NetServerTest.closedByServer(client)).isTrue();
    }
  }

  @Test
  void doesNotWaitLongForAClientThatHasGoneAndLeftMoreThanTheBudget() throws Exception {
    try (Running running = Running.limited(options -> options.inFlight(4, MB))) {
      try (RawClient client = running.client()) {
        for (int i = 0; i < 10; i++) {
          client.send("HANG", "" + i);
        }
        client.flush();
        Running.await(() -> running.echo.hanging.size() == 4);
      }
      Running.await(() -> running.echo.closed.get() == 1);
    }
  }

  @Test
  void waitsAMinuteForWhoeverDoesNotReadOnInAStreamedReply() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      client.send("COUNT", "1000000000");
      client.flush();
      Connection connection = running.onlyConnection();
      Running.await(() -> connection.outputListBytes() > 0);
      long now = System.nanoTime();
      lookAt(connection, now + TimeUnit.SECONDS.toNanos(55));
      assertThat(connection.isOpen()).isTrue();
      lookAt(connection, now + TimeUnit.SECONDS.toNanos(65));
      Running.await(() -> running.echo.closed.get() == 1);
    }
  }

  /** The loop's once-a-second sweep, at a time the test chooses. */
  private static void lookAt(Connection connection, long nanos) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    connection.loop().execute(() -> {
      connection.conversation().sweep(nanos);
      done.complete(null);
    });
    done.get();
  }

  @Test
  void takesOneRequestThatIsLargerThanTheBudget() throws Exception {
    try (Running running = Running.limited(options -> options.inFlight(4, 1000));
        RawClient client = running.client()) {
      byte[] large = new byte[MB];
      byte[] echo = "ECHO".getBytes(StandardCharsets.US_ASCII);
      client.send(echo, large);
      client.send(echo, large);
      client.send("PING");
      assertThat(client.receive()).isEqualTo(Reply.bulk(large));
      assertThat(client.receive()).isEqualTo(Reply.bulk(large));
      assertThat(client.receive()).isEqualTo(Reply.simple("PONG"));
    }
  }

  @Test
  void stopsReadingFromAClientThatDoesNotReadAndLosesNothing() throws Exception {
    int requests = 2000;
    int size = 100_000;
    try (Running running =
            Running.limited(options -> options.inFlight(16, MB).pendingOutputBytes(MB));
        RawClient client = running.client()) {
      for (int i = 0; i < requests; i++) {
        client.send("BLOB", "" + size);
      }
      client.flush();
      Connection connection = running.onlyConnection();
      Running.await(() -> connection.outputListBytes() > 0 && connection.inFlight() == 0);
      assertThat(connection.outputListBytes()).isLessThan(MB + 17L * size);
      assertThat(running.echo.received.get()).isLessThan(requests);
      for (int i = 0; i < requests; i++) {
        assertThat(((BulkReply) client.receive()).length()).isEqualTo(size);
      }
      assertThat(client.call("PING")).isEqualTo(Reply.simple("PONG"));
    }
  }

  @Test
  void sendsALargeReplyWithoutCopyingItToDirectMemory() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      client.call("PING");
      long before = directBytes();
      client.send("BLOB", "" + 64 * MB);
      client.send("PING");
      client.flush();
      Connection connection = running.onlyConnection();
      Running.await(() -> connection.outputListBytes() > 32 * MB);
      assertThat(directBytes() - before).isLessThan(2L * MB);
      assertThat(((BulkReply) client.receive()).length()).isEqualTo(64 * MB);
      assertThat(client.receive()).isEqualTo(Reply.simple("PONG"));
    }
  }

  @Test
  void disconnectsAClientOverItsHardOutputLimit() throws Exception {
    Map<ClientClass, OutputLimit> limits =
        Map.of(ClientClass.NORMAL, new OutputLimit(20 * MB, 0, 0));
    try (Running running = Running.limited(options -> options.outputLimits(limits));
        RawClient client = running.client();
        RawClient other = running.client()) {
      client.send("BLOB", "" + 40 * MB);
      client.flush();
      Running.await(() -> running.echo.closed.get() == 1);
      assertThat(other.call("PING")).isEqualTo(Reply.simple("PONG"));
    }
  }

  @Test
  void disconnectsAClientForOneReplyOverItsHardOutputLimitThoughTheSocketWouldTakeIt()
      throws Exception {
    Map<ClientClass, OutputLimit> limits =
        Map.of(ClientClass.NORMAL, new OutputLimit(50_000, 0, 0));
    try (Running running = Running.limited(options -> options.outputLimits(limits));
        RawClient client = running.client();
        RawClient other = running.client()) {
      client.send("BLOB", "100000");
      client.flush();
      Running.await(() -> running.echo.closed.get() == 1);
      other.send("BLOB", "50000");
      other.flush();
      assertThat(((BulkReply) other.receive()).length()).isEqualTo(50_000);
    }
  }

  @Test
  void disconnectsAClientThatStaysOverItsSoftOutputLimit() throws Exception {
    Map<ClientClass, OutputLimit> limits =
        Map.of(ClientClass.NORMAL, new OutputLimit(0, 10 * MB, 1));
    try (Running running = Running.limited(options -> options.outputLimits(limits));
        RawClient client = running.client()) {
      client.send("BLOB", "" + 30 * MB);
      client.flush();
      Running.await(() -> running.echo.closed.get() == 1);
    }
  }

  @Test
  void disconnectsAnyClientThatLeavesMessagesUnread() throws Exception {
    Map<ClientClass, OutputLimit> limits =
        Map.of(ClientClass.NORMAL, OutputLimit.NONE, ClientClass.PUBSUB, new OutputLimit(MB, 0, 0));
    try (Running running = Running.limited(options -> options.outputLimits(limits));
        RawClient client = running.client()) {
      client.call("PING");
      Connection connection = running.onlyConnection();
      pushUntilClosed(connection, 1000);
      Running.await(() -> running.echo.closed.get() == 1);
    }
  }

  @Test
  void doesNotTakeLargeRepliesForMessages() throws Exception {
    Map<ClientClass, OutputLimit> limits =
        Map.of(ClientClass.NORMAL, OutputLimit.NONE, ClientClass.PUBSUB, new OutputLimit(MB, 0, 0));
    try (Running running = Running.limited(options -> options.outputLimits(limits));
        RawClient client = running.client()) {
      client.send("BLOB", "" + 32 * MB);
      client.flush();
      Connection connection = running.onlyConnection();
      Running.await(() -> connection.outputListBytes() > 16 * MB);
      for (int i = 0; i < 500; i++) {
        connection.push(message(1000));
      }
      assertThat(((BulkReply) client.receive()).length()).isEqualTo(32 * MB);
      for (int i = 0; i < 500; i++) {
        assertThat(((BulkReply) client.receive()).length()).isEqualTo(1000);
      }
      assertThat(client.call("PING")).isEqualTo(Reply.simple("PONG"));
    }
  }

  @Test
  void countsTheMessagesThatWaitBehindAReplyInParts() throws Exception {
    Map<ClientClass, OutputLimit> limits = Map.of(
        ClientClass.NORMAL, OutputLimit.NONE, ClientClass.PUBSUB, new OutputLimit(16 * MB, 0, 0));
    try (Running running = Running.limited(options -> options.outputLimits(limits));
        RawClient client = running.client()) {
      client.send("COUNT", "1000000000");
      client.flush();
      Connection connection = running.onlyConnection();
      Running.await(() -> connection.outputBufferBytes() > 0);
      pushUntilClosed(connection, 100_000);
      Running.await(() -> running.echo.closed.get() == 1);
      assertThat(running.server.heldBytes()).isZero();
    }
  }

  @Test
  void closesWhoDoesNotReadItsMessagesWhenMemoryIsShort() throws Exception {
    try (Running running = Running.limited(options -> options.heldBytes(4L * MB));
        RawClient client = running.client()) {
      client.call("PING");
      pushUntilClosed(running.onlyConnection(), 10_000);
      Running.await(() -> running.echo.closed.get() == 1);
    }
  }

  /** Nobody reads; fails if that lasts too long. */
  private static void pushUntilClosed(Connection connection, int bytes) {
    long left = 200L * MB;
    for (; connection.isOpen() && left > 0; left -= bytes) {
      connection.push(message(bytes));
      if (left / bytes % 100 == 0) {
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        connection.loop().execute(() -> taken.complete(true));
        taken.join();
      }
    }
    assertThat(left).isPositive();
  }

  private static Reply message(int bytes) {
    return Reply.shared(Reply.bulk(new byte[bytes]));
  }

  @Test
  void turnsAwayClientsBeyondTheLimit() throws Exception {
    try (Running running = Running.limited(options -> options.maxClients(2));
        RawClient first = running.client();
        RawClient second = running.client()) {
      first.call("PING");
      second.call("PING");
      assertThat(running.transcript("")).isEqualTo("-ERR max number of clients reached\r\n");
      assertThat(running.server.stats().connectionsRejected()).isEqualTo(1);
      first.close();
      Running.await(() -> running.server.connectionCount() == 1);
      try (RawClient third = running.client()) {
        assertThat(third.call("PING")).isEqualTo(Reply.simple("PONG"));
      }
      running.server.reconfigure(ConnectionOptions.builder().maxClients(1).build());
      assertThat(running.transcript("")).isEqualTo("-ERR max number of clients reached\r\n");
      assertThat(second.call("PING")).isEqualTo(Reply.simple("PONG"));
    }
  }

  @Test
  void closesIdleClientsButNotExemptOrBlockedOnes() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient exempt = running.client()) {
      exempt.call("PING");
      running.onlyConnection().exemptFromTimeout(true);
      try (RawClient blocked = running.client();
          RawClient idle = running.client()) {
        blocked.send("HANG", "x");
        blocked.flush();
        Running.await(() -> running.echo.hanging.size() == 1);
        idle.call("PING");
        // Only now, because on a busy machine a second may already have passed.
        running.server.reconfigure(
            ConnectionOptions.builder().idleTimeoutSeconds(1).build());
        assertThat(NetServerTest.closedByServer(idle)).isTrue();
        Running.await(running.echo::release);
        assertThat(blocked.receive()).isEqualTo(Reply.bulk("x"));
        assertThat(exempt.call("PING")).isEqualTo(Reply.simple("PONG"));
      }
    }
  }

  @Test
  void aClientThatTakesSomethingIsNotIdle() throws Exception {
    try (Running running = Running.limited(options -> options.idleTimeoutSeconds(100));
        RawClient client = running.client()) {
      client.send("HANG", "x");
      client.flush();
      Running.await(() -> running.echo.hanging.size() == 1);
      Connection connection = running.onlyConnection();
      long beforeItsReply = System.nanoTime();
      running.echo.release();
      client.receive();
      lookAt(connection, beforeItsReply + TimeUnit.SECONDS.toNanos(100));
      assertThat(connection.isOpen()).isTrue();
      lookAt(connection, System.nanoTime() + TimeUnit.SECONDS.toNanos(101));
      Running.await(() -> running.echo.closed.get() == 1);
    }
  }

  @Test
  void spendsNothingOnPromisedArguments() throws Exception {
    byte[] promise = "*2\r\n$3\r\nSET\r\n$536870912\r\nx".getBytes(StandardCharsets.US_ASCII);
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      List<Socket> hostile = new ArrayList<>();
      // Taken at their word, they would need 100 GB.
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port());
        socket.getOutputStream().write(promise);
        hostile.add(socket);
      }
      Running.await(() -> running.server.stats().inputBytes() >= 200L * promise.length);
      assertThat(client.call("PING")).isEqualTo(Reply.simple("PONG"));
      Running.closeAll(hostile);
    }
  }

  @Test
  void takesALargeArgumentInSmallPieces() throws Exception {
    int length = 3 * MB;
    try (Running running = Running.withDefaults();
        RawClient client = running.client();
        RawClient other = running.client()) {
      client.sendRaw(
          ("*2\r\n$4\r\nECHO\r\n$" + length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] piece = new byte[1000];
      for (int sent = 0; sent < length; sent += piece.length) {
        client.sendRaw(sent + piece.length <= length ? piece : new byte[length - sent]);
        client.flush();
        if (sent % 300_000 == 0) {
          assertThat(other.call("PING")).isEqualTo(Reply.simple("PONG"));
        }
      }
      client.sendRaw(new byte[] {'\r', '\n'});
      assertThat(((BulkReply) client.receive()).length()).isEqualTo(length);
    }
  }

  @Test
  void refusesALongRequestThatFindsNoRoom() throws Exception {
    try (Running running = Running.limited(options -> options.heldBytes(100_000));
        RawClient other = running.client()) {
      String start = "*2\r\n$4\r\nECHO\r\n$4000000\r\n" + "x".repeat(70_000);
      assertThat(running.transcript(start))
          .isEqualTo("-ERR not enough memory for this request\r\n");
      assertThat(other.call("PING")).isEqualTo(Reply.simple("PONG"));
    }
  }

  @Test
  void refusesARequestOfManyArgumentsThatFindsNoRoom() throws Exception {
    byte[] arguments =
        ("$1000\r\n" + "x".repeat(1000) + "\r\n").repeat(50).getBytes(StandardCharsets.US_ASCII);
    try (Running running = Running.limited(options -> options.heldBytes(100_000));
        RawClient client = running.client()) {
      client.sendRaw("*1000\r\n".getBytes(StandardCharsets.US_ASCII));
      client.sendRaw(arguments);
      client.flush();
      Running.await(() -> running.server.heldBytes() > 50_000);
      client.sendRaw(arguments);
      client.flush();
      Running.await(() -> running.server.heldBytes() > 100_000);
      client.sendRaw("$1\r\n".getBytes(StandardCharsets.US_ASCII));
      client.flush();
      assertThat(client.receive()).isEqualTo(Reply.error("ERR not enough memory for this request"));
    }
  }

  @Test
  void servesConnectionsThatHoldTooMuchOneRequestAtATime() throws Exception {
    int requests = 500;
    try (Running running = Running.limited(options -> options.heldBytes(200));
        RawClient client = running.client()) {
      for (int i = 0; i < requests; i++) {
        client.send("LATER", "number " + i);
      }
      client.flush();
      for (int i = 0; i < requests; i++) {
        assertThat(client.receive()).isEqualTo(Reply.bulk("number " + i));
      }
    }
  }

  @Test
  void knowsWhatConnectionsHold() throws Exception {
    try (Running running = Running.withDefaults()) {
      try (RawClient client = running.client()) {
        client.send("HANG", "x".repeat(1000));
        client.flush();
        Running.await(() -> running.server.heldBytes() > 1000);
        Running.await(running.echo::release);
        client.receive();
        Running.await(() -> running.server.heldBytes() == 0);
        client.sendRaw("*2\r\n$4\r\nECHO\r\n$100\r\nxxx".getBytes(StandardCharsets.US_ASCII));
        client.flush();
        Running.await(() -> running.server.heldBytes() > 0);
      }
      Running.await(() -> running.server.heldBytes() == 0);
    }
  }

  private static long directBytes() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }
}
