package pika.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.net.resp.Reply;
import pika.server.proof.Await;
import pika.server.session.ClientPause;
import pika.server.session.Session;
import pika.storage.SyncPolicy;

final class BlockingTest extends OnQueueServer {
  @ParameterizedTest
  @ValueSource(strings = {"take", "takeonpool", "takeslowly"})
  void whoWaitsIsServedByAPush(String take) throws Exception {
    try (QueueClient waiting = server.waiting(take, "q", "0")) {
      client.call("push", "q", "a");
      assertThat(waiting.receive()).isEqualTo(taken("q", "a"));
    }
    server.awaitWaiters(0);
  }

  @Test
  void whoPushesFindsNothingLeftOfWhatWasWaitedFor() throws Exception {
    try (QueueClient waiting = server.waiting("take", "q", "0")) {
      for (String word : List.of("push q a", "length q", "push q bc", "length q")) {
        client.send(word.split(" "));
      }
      assertThat(replies(client, 4))
          .containsExactly(Reply.integer(1), Reply.ZERO, Reply.integer(2), Reply.integer(2));
      assertThat(waiting.receive()).isEqualTo(taken("q", "a"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"take", "takeonpool"})
  void whoCameFirstIsServedFirst(String take) throws Exception {
    List<QueueClient> clients = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      clients.add(server.waiting(take, "q", "0"));
    }
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < clients.size(); i++) {
      all.append((char) ('0' + i));
    }
    client.call("push", "q", all.substring(0, 3));
    for (int i = 3; i < 20; i++) {
      client.call("push", "q", all.substring(i, i + 1));
    }
    client.call("push", "q", all.substring(20));
    for (int i = 0; i < clients.size(); i++) {
      assertThat(clients.get(i).receive()).isEqualTo(taken("q", all.substring(i, i + 1)));
      clients.get(i).close();
    }
  }

  @Test
  void theFirstKeyThatHasSomethingCounts() throws Exception {
    try (QueueClient waiting = server.waiting("take", "q1", "q2", "q3", "0")) {
      client.call("push", "q3", "c");
      assertThat(waiting.receive()).isEqualTo(taken("q3", "c"));
      client.call("push", "q2", "b");
      client.call("push", "q1", "a");
      assertThat(waiting.call("take", "q1", "q2", "q3", "0")).isEqualTo(taken("q1", "a"));
    }
  }

  @Test
  void aKeyOfAnotherTypeWakesNobody() throws Exception {
    try (QueueClient waiting = server.waiting("take", "q", "0")) {
      client.call("other", "q");
      client.call("drop", "q");
      client.call("push", "q", "a");
      assertThat(waiting.receive()).isEqualTo(taken("q", "a"));
    }
  }

  @Test
  void whatIsForwardedWakesTheNext() throws Exception {
    try (QueueClient last = server.waiting("take", "q3", "0");
        QueueClient second = server.waiting("forward", "q2", "q3", "0");
        QueueClient first = server.waiting("forward", "q1", "q2", "0")) {
      client.call("push", "q1", "a");
      assertThat(first.receive()).isEqualTo(Reply.bulk("a"));
      assertThat(second.receive()).isEqualTo(Reply.bulk("a"));
      assertThat(last.receive()).isEqualTo(taken("q3", "a"));
    }
  }

  @Test
  void readersAreAllServedAndRetryWithTheirResolvedArguments() throws Exception {
    client.call("push", "q", "ab");
    try (QueueClient one = server.waiting("watch", "q", "$", "0");
        QueueClient two = server.waiting("watch", "q", "3", "0")) {
      client.call("push", "q", "c");
      assertThat(one.receive()).isEqualTo(Reply.integer(3));
      client.call("push", "q", "d");
      assertThat(two.receive()).isEqualTo(Reply.integer(4));
    }
  }

  @Test
  void whoWantsToKnowIsToldThatTheKeyIsGone() throws Exception {
    client.call("push", "q", "ab");
    try (QueueClient one = server.waiting("watch", "q", "$", "0")) {
      client.call("drop", "q");
      assertThat(one.receive()).isEqualTo(Reply.error("GONE"));
    }
    client.call("push", "q", "ab");
    try (QueueClient one = server.waiting("watch", "q", "$", "0")) {
      client.call("empty");
      assertThat(one.receive()).isEqualTo(Reply.error("GONE"));
    }
  }

  @Test
  void laterRequestsWaitTheirTurn() throws Exception {
    for (String take : List.of("take", "takeonpool")) {
      try (QueueClient pipelining = server.client()) {
        for (String words : List.of("push x 1", take + " q 0", "length q", "push x 2")) {
          pipelining.send(words.split(" "));
        }
        assertThat(pipelining.receive()).isInstanceOf(Reply.integer(1).getClass());
        server.awaitWaiters(1);
        client.call("push", "q", "ab");
        assertThat(pipelining.receive()).isEqualTo(taken("q", "a"));
        assertThat(pipelining.receive()).isEqualTo(Reply.integer(1));
        assertThat(pipelining.receive()).isInstanceOf(Reply.integer(1).getClass());
        client.call("drop", "q");
      }
    }
  }

  @Test
  void aTimeoutEndsTheWait() throws Exception {
    try (QueueClient waiting = server.client()) {
      long start = System.nanoTime();
      assertThat(waiting.call("take", "q", "50")).isEqualTo(Reply.NULL_ARRAY);
      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(49));
      assertThat(waiting.call("takeonpool", "q", "50")).isEqualTo(Reply.NULL_ARRAY);
      assertThat(waiting.call("push", "q", "a")).isEqualTo(Reply.ONE);
    }
    assertThat(server.waiters.count()).isZero();
    assertThat(server.waiters.countWithTimeout()).isZero();
  }

  @Test
  void aWaitCanBeEndedFromOutside() throws Exception {
    try (QueueClient one = server.waiting("take", "q", "0")) {
      long id = onlyBlocked().id();
      assertThat(server.waiters.timeOut(id)).isTrue();
      assertThat(one.receive()).isEqualTo(Reply.NULL_ARRAY);
      one.send("take", "q", "0");
      server.awaitWaiters(1);
      assertThat(server.waiters.fail(id, "UNBLOCKED")).isTrue();
      assertThat(one.receive()).isEqualTo(Reply.error("UNBLOCKED"));
      assertThat(server.waiters.timeOut(id)).isFalse();
    }
  }

  @Test
  void nothingGoesToAClientThatIsGone() throws Exception {
    QueueClient gone = server.waiting("take", "q", "0");
    try (Socket halfGone =
            new Socket(server.address().getAddress(), server.address().getPort());
        QueueClient last = server.waiting("take", "q", "0")) {
      halfGone.getOutputStream().write("take q 0\r\n".getBytes(StandardCharsets.US_ASCII));
      server.awaitWaiters(3);
      gone.close();
      halfGone.shutdownOutput();
      server.awaitWaiters(1);
      assertThat(halfGone.getInputStream().read()).isNegative();
      client.call("push", "q", "a");
      assertThat(last.receive()).isEqualTo(taken("q", "a"));
    }
  }

  @Test
  void afterAnExchangeOfDatabasesEverybodyLooksAgain() throws Exception {
    client.call("database", "1");
    client.call("push", "q", "a");
    try (QueueClient waiting = server.waiting("take", "q", "0");
        QueueClient next = server.waiting("take", "q", "0")) {
      client.call("swap", "0", "1");
      assertThat(waiting.receive()).isEqualTo(taken("q", "a"));
      client.call("database", "0");
      client.call("empty");
      client.call("push", "q", "b");
      assertThat(next.receive()).isEqualTo(taken("q", "b"));
    }
  }

  @Test
  void thePauseHoldsBackWhoWaits() throws Exception {
    try (QueueClient waiting = server.waiting("take", "q", "0")) {
      server.pause.pause(ClientPause.Mode.WRITE, System.currentTimeMillis() + 60_000);
      client.send("push", "q", "a");
      server.pause.unpause();
      assertThat(waiting.receive()).isEqualTo(taken("q", "a"));
    }
  }

  @Test
  void withASyncAtEachCommitNothingIsDifferent() throws Exception {
    server.store.sync(SyncPolicy.ALWAYS);
    try (QueueClient one = server.waiting("take", "q", "0");
        QueueClient two = server.waiting("take", "q", "0")) {
      client.call("push", "q", "ab");
      assertThat(one.receive()).isEqualTo(taken("q", "a"));
      assertThat(two.receive()).isEqualTo(taken("q", "b"));
    }
  }

  @Test
  void theEndOfTheServerEndsAllWaits() throws Exception {
    QueueClient waiting = server.waiting("take", "q", "0");
    // Closed first: no loop and no connection is closed by anything else.
    server.dispatcher.close();
    assertThatThrownBy(waiting::receive)
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("sent nothing");
    assertThat(server.waiters.count()).isZero();
  }

  @Test
  void nothingIsLostOrServedTwiceWhenManyPushTakeAndVanish() throws Exception {
    int pushes = 3000;
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Future<?> vanishing = threads.submit(vanishers(200));
      List<Future<Integer>> takers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        takers.add(threads.submit(new Taker(i % 2 == 0 ? "take" : "takeonpool")));
      }
      List<Future<Void>> pushers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        pushers.add(threads.submit(new Pusher(i, pushes)));
      }
      for (Future<Void> pusher : pushers) {
        pusher.get();
      }
      vanishing.get();
      Await.until("all is taken", QueueServer.SOON, this::isAllTaken);
      for (Session session : server.sessions.all()) {
        if (session.isBlocked()) {
          server.waiters.fail(session.id(), "END");
        }
      }
      int sum = 0;
      for (Future<Integer> taker : takers) {
        sum += taker.get();
      }
      // A client may vanish just as it is served: what it got is lost with it, as in Redis.
      assertThat(sum).isBetween(3 * pushes - 200, 3 * pushes);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean isAllTaken() throws IOException {
    for (int i = 0; i < 3; i++) {
      if (!client.call("length", "q" + i).equals(Reply.ZERO)) {
        return false;
      }
    }
    return server.waiters.count() == 8;
  }

  private Callable<Void> vanishers(int count) {
    return () -> {
      for (int i = 0; i < count; i++) {
        try (QueueClient vanishing = server.client()) {
          vanishing.send("take", "q0", "q1", "q2", "0");
        }
      }
      return null;
    };
  }

  /** Takes from all queues until it is stopped. */
  private final class Taker implements Callable<Integer> {
    private final String command;

    Taker(String command) {
      this.command = command;
    }

    @Override
    public Integer call() throws IOException {
      int taken = 0;
      try (QueueClient own = server.client()) {
        Reply reply = own.call(command, "q2", "q0", "q1", "0");
        while (!reply.equals(Reply.error("END"))) {
          taken++;
          reply = own.call(command, "q2", "q0", "q1", "0");
        }
      }
      return taken;
    }
  }

  private final class Pusher implements Callable<Void> {
    private final int number;
    private final int count;

    Pusher(int number, int count) {
      this.number = number;
      this.count = count;
    }

    @Override
    public Void call() throws IOException {
      try (QueueClient own = server.client()) {
        for (int i = 0; i < count; i++) {
          own.call("push", "q" + number, "x");
        }
      }
      return null;
    }
  }

  private Session onlyBlocked() throws Exception {
    Await.until(
        "blocked",
        QueueServer.SOON,
        () -> server.sessions.all().stream().anyMatch(Session::isBlocked));
    return server.sessions.all().stream().filter(Session::isBlocked).findFirst().orElseThrow();
  }

  private static List<Reply> replies(QueueClient from, int count) throws IOException {
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(from.receive());
    }
    return replies;
  }

  private static Reply taken(String key, String value) {
    return Reply.array(Reply.bulk(key), Reply.bulk(value));
  }
}
