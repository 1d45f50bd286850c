package pika.net.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pika.net.resp.AggregateReply;
import pika.net.resp.BulkReply;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.net.resp.Seeded;
import pika.net.transport.Transport;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NetServerTest {

  @ParameterizedTest
  @EnumSource
  void answersPipelinesInOrderWhoeverAnswersWhenever(Transport transport) {
    Seeded.check(2, random -> {
      try (Running running = Running.with(transport, options -> options.loops(2))) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          clients.add(running.client());
        }
        for (int round = 0; round < 4; round++) {
          pipeline(clients, random);
        }
        Running.closeAll(clients);
        Running.await(() -> running.echo.closed.get() == clients.size());
      }
    });
  }

  /** Every client sends a burst before any reads. */
  private static void pipeline(List<RawClient> clients, Random random) throws Exception {
    List<List<String>> expected = new ArrayList<>();
    for (RawClient client : clients) {
      List<String> texts = new ArrayList<>();
      for (int i = 1 << random.nextInt(13); i > 0; i--) {
        String text = i + "x".repeat(random.nextInt(30));
        client.send(random.nextInt(3) == 0 ? "LATER" : "ECHO", text);
        texts.add(text);
      }
      client.flush();
      expected.add(texts);
    }
    for (int i = 0; i < clients.size(); i++) {
      for (String text : expected.get(i)) {
        assertThat(clients.get(i).receive()).isEqualTo(Reply.bulk(text));
      }
    }
  }

  @Test
  void itsEndDoesNotWaitForALoopThatIsStuck() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    try (Running running = Running.with(options -> options.loops(2))) {
      running.server.loops().get(1).execute(() -> await(stuck));
      running.server.close();
      assertThat(running.server.isQuiet()).isFalse();
      stuck.countDown();
      Running.await(running.server::isQuiet);
    } finally {
      stuck.countDown();
    }
  }

  @Test
  void tellsOfALoopThatIsLost() throws Exception {
    AtomicBoolean lost = new AtomicBoolean();
    try (Running running = Running.with(options -> options.loops(2))) {
      running.server.onLostLoop(() -> lost.set(true));
      var unused =
          running.server.loops().get(1).eventLoop().shutdownGracefully(0, 1, TimeUnit.SECONDS);
      Running.await(lost::get);
    }
    lost.set(false);
    try (Running running = Running.withDefaults()) {
      running.server.onLostLoop(() -> lost.set(true));
    }
    assertThat(lost).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(40, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void servesTheRequestsOfOneReadInOnePass() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      client.call("PING");
      int before = running.echo.passes.get();
      for (int i = 0; i < 100; i++) {
        client.send("PING");
      }
      for (int i = 0; i < 100; i++) {
        client.receive();
      }
      assertThat(running.echo.passes.get() - before).isLessThan(10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsARepliesPartsInItsPlace(Transport transport) throws Exception {
    int items = 400_000;
    try (Running running = Running.with(transport, options -> options.loops(1));
        RawClient client = running.client()) {
      client.send("ECHO", "before");
      client.send("COUNT", "" + items);
      client.send("COUNT", "0");
      client.send("ECHO", "behind");
      client.flush();
      assertThat(client.receive()).isEqualTo(Reply.bulk("before"));
      List<Reply> counted = ((AggregateReply) client.receive()).items();
      assertThat(counted).hasSize(items);
      for (int i = 0; i < items; i++) {
        assertThat(counted.get(i)).isEqualTo(Reply.integer(i));
      }
      assertThat(client.receive()).isEqualTo(Reply.EMPTY_ARRAY);
      assertThat(client.receive()).isEqualTo(Reply.bulk("behind"));
    }
  }

  @Test
  void makesNoMoreOfAReplyWithoutEndThanTheClientTakes() throws Exception {
    try (Running running = Running.with(options -> options.loops(1));
        RawClient other = running.client()) {
      try (RawClient client = running.client()) {
        client.send("COUNT", "" + Long.MAX_VALUE);
        client.flush();
        long counted = 0;
        // The loop could have written more in every turn that answered the other client.
        for (int turnsWithoutMore = 0; turnsWithoutMore < 100; ) {
          assertThat(other.call("PING")).isEqualTo(Reply.simple("PONG"));
          long now = running.echo.counted.get();
          assertThat(now).isLessThan(5_000_000);
          turnsWithoutMore = now > 0 && now == counted ? turnsWithoutMore + 1 : 0;
          counted = now;
        }
      }
      Running.await(() -> running.echo.closed.get() == 1);
    }
  }

  @Test
  void switchesTheProtocolBetweenTwoReplies() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      client.send("GET", "absent");
      client.send("HELLO", "3");
      client.send("GET", "absent");
      assertThat(client.receive()).isEqualTo(Reply.NULL);
      assertThat(client.receive()).isEqualTo(Reply.map(List.of(Reply.bulk("proto"), Reply.NULL)));
      assertThat(client.receive()).isEqualTo(Reply.NULL);
      assertThat(running.onlyConnection().protocol()).isEqualTo(Protocol.RESP3);
    }
  }

  @Test
  void answersEverythingBeforeTheProtocolWasBrokenThenSaysSoAndCloses() throws Exception {
    try (Running running = Running.withDefaults()) {
      assertThat(running.transcript("PING\r\n*2\r\n$5\r\nLATER\r\n$1\r\nx\r\n*x\r\nPING\r\n"))
          .isEqualTo("+PONG\r\n$1\r\nx\r\n-ERR Protocol error: invalid multibulk length\r\n");
      assertThat(running.transcript("*1\r\n\r\n"))
          .isEqualTo("-ERR Protocol error: expected '$', got ' '\r\n");
    }
  }

  @Test
  void closesAfterTheReplyItWasToldTo() throws Exception {
    try (Running running = Running.withDefaults()) {
      assertThat(running.transcript("LATER a\r\nQUIT\r\nPING\r\n")).isEqualTo("$1\r\na\r\n+OK\r\n");
    }
  }

  @Test
  void answersAClientThatHasClosedItsSide() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      client.send("PING");
      client.send("LATER", "x");
      client.shutdownOutput();
      assertThat(client.receive()).isEqualTo(Reply.simple("PONG"));
      assertThat(client.receive()).isEqualTo(Reply.bulk("x"));
      assertThat(closedByServer(client)).isTrue();
    }
  }

  @Test
  void tellsOnceThatAClientHasClosedItsSide() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      client.send("HANG", "x");
      client.flush();
      Running.await(() -> running.echo.hanging.size() == 1);
      ChannelPipeline pipeline = running.onlyConnection().channel().pipeline();
      // As when TLS and then the socket has ended.
      pipeline.fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);
      pipeline.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      running.onlyConnection().loop().eventLoop().submit(() -> {}).sync();
      assertThat(running.echo.inputsEnded).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsMoreThanASocketHoldsToAClientThatHasClosedItsSide(Transport transport)
      throws Exception {
    try (Running running = Running.with(transport, options -> options);
        RawClient client = running.client()) {
      client.send("HANG", "x");
      client.send("BLOB", "30000000");
      client.shutdownOutput();
      Connection connection = running.onlyConnection();
      Running.await(() -> !connection.isReachable());
      Running.await(running.echo::release);
      assertThat(client.receive()).isEqualTo(Reply.bulk("x"));
      assertThat(((BulkReply) client.receive()).length()).isEqualTo(30_000_000);
      assertThat(closedByServer(client)).isTrue();
    }
  }

  @Test
  void doesNotWaitLongForAClientThatHasGoneDuringABlockedRequest() throws Exception {
    try (Running running = Running.withDefaults()) {
      try (RawClient client = running.client()) {
        client.send("HANG", "x");
        client.flush();
        Running.await(() -> running.echo.hanging.size() == 1);
      }
      Running.await(() -> running.echo.closed.get() == 1);
      running.echo.release();
    }
  }

  @Test
  void flushesTheOthersWhenOneConnectionFails() throws Exception {
    try (Running running = Running.with(options -> options.loops(1));
        RawClient broken = running.client();
        RawClient other = running.client()) {
      for (RawClient client : List.of(broken, other)) {
        client.send("HANG", "x");
        client.flush();
        int waiting = client == broken ? 1 : 2;
        Running.await(() -> running.echo.hanging.size() == waiting);
      }
      EchoServer.Hanging first = running.echo.hanging.remove();
      Reply half = out -> {
        out.integer(1);
        throw new StackOverflowError("made up");
      };
      first.connection().loop().execute(() -> {
        first.connection().reply(first.request().sequence(), half);
        running.echo.release();
      });
      assertThat(other.receive()).isEqualTo(Reply.bulk("x"));
      assertThat(other.call("PING")).isEqualTo(Reply.simple("PONG"));
      assertThat(closedByServer(broken)).isTrue();
    }
  }

  @Test
  void isDoneWithAClientAtOnceThoughItsConnectionTakesLongToClose() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      client.call("PING");
      Connection connection = running.onlyConnection();
      // Like TLS, which waits until the client has been told.
      SlowGoodbye goodbye = new SlowGoodbye();
      connection.channel().pipeline().addFirst(goodbye);
      connection.close();
      Running.await(() -> goodbye.begun);
      assertThat(connection.isOpen()).isFalse();
      client.send("PING");
      client.flush();
      Running.await(() -> connection.inputBytes() == 28);
      connection.push(Reply.push(List.of(Reply.bulk("news"))));
      connection.loop().eventLoop().submit(() -> {}).sync();
      assertThat(running.echo.received).hasValue(1);
      assertThat(connection.conversation().queue().waitingPushes()).isZero();
      goodbye.end();
      assertThat(closedByServer(client)).isTrue();
    }
  }

  private static final class SlowGoodbye extends ChannelOutboundHandlerAdapter {
    private volatile boolean begun;
    private @Nullable ChannelHandlerContext context;

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
      context = ctx;
      begun = true;
    }

    void end() {
      var unused = requireNonNull(context).close();
    }
  }

  @Test
  void sendsPushesFromAnyThread() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      client.send("HANG", "x");
      client.flush();
      Running.await(() -> running.echo.hanging.size() == 1);
      running.onlyConnection().push(Reply.push(List.of(Reply.bulk("news"))));
      assertThat(client.receive()).isEqualTo(Reply.array(Reply.bulk("news")));
      running.echo.release();
      assertThat(client.receive()).isEqualTo(Reply.bulk("x"));
    }
  }

  @Test
  void outlivesNoiseAndSuddenEnds() {
    try (Running running = Running.withDefaults()) {
      Seeded.check(100, random -> {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
          byte[] noise = new byte[random.nextInt(5000)];
          random.nextBytes(noise);
          socket.getOutputStream().write(noise);
          // Half of them close with a reset.
          socket.setSoLinger(random.nextBoolean(), 0);
        }
      });
      try (RawClient client = running.client()) {
        assertThat(client.call("PING")).isEqualTo(Reply.simple("PONG"));
      }
      Running.await(() -> running.echo.opened.get() == running.echo.closed.get());
      Running.await(() -> running.server.connectionCount() == 0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void servesOthersDuringAFlood() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient flooder = running.client();
        RawClient other = running.client()) {
      AtomicBoolean done = new AtomicBoolean();
      Thread flood = new Thread(() -> {
        try {
          while (!done.get()) {
            for (int i = 0; i < 1000; i++) {
              flooder.send("PING");
            }
            for (int i = 0; i < 1000; i++) {
              flooder.receive();
            }
          }
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      });
      flood.start();
      for (int i = 0; i < 500; i++) {
        assertThat(other.call("ECHO", "x")).isEqualTo(Reply.bulk("x"));
      }
      done.set(true);
      flood.join();
    }
  }

  @Test
  void countsWhatComesAndGoes() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      client.call("PING");
      Connection connection = running.onlyConnection();
      Running.await(() -> connection.outputBytes() == 7);
      assertThat(connection.inputBytes()).isEqualTo(14);
      assertThat(connection.queryBufferBytes()).isZero();
      assertThat(connection.inFlight()).isZero();
      assertThat(connection.remoteAddress()).startsWith("127.0.0.1:");
      assertThat(connection.localAddress()).isEqualTo("127.0.0.1:" + running.port());
      assertThat(connection.isLocal()).isTrue();
      assertThat(running.server.connection(connection.id())).isSameAs(connection);
      client.sendRaw(new byte[] {'*', '1'});
      client.flush();
      Running.await(() -> connection.queryBufferBytes() == 2);
      assertThat(running.server.stats()).isEqualTo(new NetStats(1, 0, 16, 7, 2, 1));
    }
  }

  @Test
  void tellsEveryConnectionsEndWhenItCloses() throws Exception {
    Running running = Running.withDefaults();
    try (RawClient hanging = running.client();
        RawClient idle = running.client()) {
      idle.call("PING");
      hanging.send("HANG", "x");
      hanging.flush();
      Running.await(() -> running.echo.hanging.size() == 1);
      running.close();
      assertThat(running.echo.closed.get()).isEqualTo(2);
      assertThat(closedByServer(idle)).isTrue();
      assertThat(closedByServer(hanging)).isTrue();
    }
  }

  static boolean closedByServer(RawClient client) {
    try {
      Reply unexpected = client.receive();
      throw new AssertionError("still open: " + unexpected);
    } catch (EOFException e) {
      return true;
    } catch (java.io.IOException e) {
      return e.getMessage() != null && e.getMessage().contains("reset");
    }
  }
}
