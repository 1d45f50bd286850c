package pika.server.dispatch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pika.net.resp.ErrorReply;
import pika.net.resp.Reply;
import pika.server.proof.Await;
import pika.storage.SyncPolicy;
import pika.storage.key.Change;

/**
 * Clients that disappear, and failures meanwhile: nobody waits for ever, and nothing runs that
 * should not.
 */
final class LostClientsTest extends OnQueueServer {
  /** How long to watch for what must not happen. */
  private static final Duration MOMENT = Duration.ofMillis(100);

  @BeforeEach
  void countTheClient() throws IOException {
    client.call("ping");
  }

  @Test
  void whatWaitsForAPoolIsForgottenWithItsClient() throws Exception {
    try (QueueClient busy = server.client()) {
      busy.send("stall");
      awaitSlow(1);
      try (Socket gone = connect()) {
        gone.setSoLinger(true, 0);
        send(gone, "pushslowly q x\r\n");
        awaitSlow(2);
      }
      Await.until("gone", QueueServer.SOON, () -> server.sessions.size() == 2);
      server.stall.release();
      assertThat(busy.receive()).isEqualTo(Reply.OK);
    }
    awaitSlow(0);
    assertThat(client.call("length", "q")).isEqualTo(Reply.ZERO);
  }

  @Test
  void aPoolBeginsNothingForAClientThatIsGone() throws Exception {
    try (Socket gone = connect()) {
      gone.setSoLinger(true, 0);
      send(gone, "stall\r\npushslowly q x\r\n");
      awaitSlow(1);
    }
    Await.until("gone", QueueServer.SOON, () -> server.sessions.size() == 1);
    server.stall.release();
    awaitSlow(0);
    assertThat(client.call("length", "q")).isEqualTo(Reply.ZERO);
  }

  @Test
  void whatArrivesBehindTheLastRequestIsNotExecuted() throws Exception {
    try (Socket leaving = connect()) {
      send(leaving, "stall\r\nleaveslowly\r\n");
      awaitSlow(1);
      long before = server.receivedBytes();
      send(leaving, "push q x\r\n");
      Await.until("received", QueueServer.SOON, () -> server.receivedBytes() > before);
      server.stall.release();
      BufferedReader replies = reader(leaving);
      assertThat(replies.readLine()).isEqualTo("+OK");
      assertThat(replies.readLine()).isEqualTo("+OK");
      assertThat(replies.readLine()).isNull();
    }
    Await.until("gone", QueueServer.SOON, () -> server.sessions.size() == 1);
    assertThat(client.call("length", "q")).isEqualTo(Reply.ZERO);
  }

  @Test
  void theEndOfAPauseDoesNotOvertakeACommit() throws Exception {
    server.store.sync(SyncPolicy.ALWAYS);
    CountDownLatch commits = new CountDownLatch(1);
    CountDownLatch mayCommitFirst = new CountDownLatch(1);
    CountDownLatch mayCommitSecond = new CountDownLatch(1);
    server.committed = changes -> {
      commits.countDown();
      await(isAbout(changes.get(0), "first") ? mayCommitFirst : mayCommitSecond);
    };
    try (Socket pausing = connect()) {
      send(pausing, "push first x\r\npause\r\npush second x\r\n");
      await(commits);
      server.pause.unpause();
      BufferedReader replies = reader(pausing);
      assertThat(Await.within(MOMENT, replies::ready)).isFalse();
      mayCommitFirst.countDown();
      assertThat(replies.readLine()).isEqualTo(":1");
      assertThat(replies.readLine()).isEqualTo("+OK");
      assertThat(Await.within(MOMENT, replies::ready)).isFalse();
      mayCommitSecond.countDown();
      assertThat(replies.readLine()).isEqualTo(":1");
    }
  }

  @ParameterizedTest
  @CsvSource({"EVERY_SECOND, push", "EVERY_SECOND, pushslowly", "ALWAYS, push", "ALWAYS, pushslowly"
  })
  void aCommitThatBreaksIsAnswered(SyncPolicy sync, String push) throws Exception {
    server.store.sync(sync);
    server.committed = changes -> {
      if (isAbout(changes.get(0), "cursed")) {
        throw new OutOfMemoryError("not really");
      }
    };
    try (QueueClient writer = server.client()) {
      assertThat(writer.call(push, "cursed", "x")).isInstanceOf(ErrorReply.class);
      assertThat(writer.call(push, "q", "x")).isEqualTo(Reply.ONE);
    }
  }

  @Timeout(15) // Sooner than the client gives up.
  @ParameterizedTest
  @ValueSource(strings = {"break", "breakonpool"})
  void whatBreaksACommandLeavesNobodyWaiting(String command) throws Exception {
    try (QueueClient breaking = server.client()) {
      breaking.send("push", "q", "x");
      breaking.send(command);
      breaking.send("length", "q");
      try {
        breaking.receive();
        breaking.receive();
        breaking.receive();
      } catch (IOException e) {
        // Being disconnected counts as an answer.
      }
    }
    assertThat(client.call("drop", "q")).isInstanceOf(Reply.ONE.getClass());
  }

  @Timeout(15) // Sooner than the client gives up.
  @ParameterizedTest
  @CsvSource({"EVERY_SECOND, pushslowly", "ALWAYS, push"})
  void whoComesWhenThePoolsAreClosedIsNotKeptWaiting(SyncPolicy sync, String push)
      throws Exception {
    server.store.sync(sync);
    server.dispatcher.close();
    try (QueueClient late = server.client()) {
      assertThatThrownBy(() -> {
            late.call("ping");
            Reply reply = late.call(push, "q", "x");
            if (reply instanceof ErrorReply error) {
              throw new IOException(error.toString());
            }
          })
          .isInstanceOf(IOException.class);
    }
    try (QueueClient next = server.client()) {
      assertThat(next.call("length", "q")).as("its lock is free").isEqualTo(Reply.ZERO);
    }
  }

  @Test
  void whoWaitsForALockLeavesThreadsToThoseWhoWaitForTheDisk() throws Exception {
    List<QueueClient> writers = new ArrayList<>();
    try (QueueClient holder = server.client()) {
      holder.send("hold", "q");
      awaitSlow(1);
      for (int i = 0; i < 5; i++) {
        QueueClient writer = server.client();
        writer.send("push", "q", "x");
        writers.add(writer);
      }
      Await.until("waits", QueueServer.SOON, () -> server.dispatcher.poolLoad().quickActive() == 1);
      assertThat(Await.within(MOMENT, () -> server.dispatcher.poolLoad().quickActive() > 1))
          .as("the others follow")
          .isFalse();
      assertThat(client.call("takeonpool", "nothing", "1")).isEqualTo(Reply.NULL_ARRAY);
      server.stall.release();
      assertThat(holder.receive()).isEqualTo(Reply.OK);
      Set<Reply> lengths = new HashSet<>();
      for (QueueClient writer : writers) {
        lengths.add(writer.receive());
        writer.close();
      }
      assertThat(lengths).hasSize(5);
    }
  }

  private void awaitSlow(int tasks) throws Exception {
    Await.until(
        tasks + " tasks",
        QueueServer.SOON,
        () -> server.dispatcher.poolLoad().slowActive()
                + server.dispatcher.poolLoad().slowWaiting()
            == tasks);
  }

  private Socket connect() throws IOException {
    return new Socket(server.address().getAddress(), server.address().getPort());
  }

  private static void send(Socket socket, String lines) throws IOException {
    socket.getOutputStream().write(lines.getBytes(US_ASCII));
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
  }

  private static boolean isAbout(Change change, String name) {
    return new String(change.key().userKey(), US_ASCII).equals(name);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
