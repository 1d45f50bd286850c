package pika.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pika.net.resp.Reply;
import pika.server.proof.Await;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;
import pika.storage.rocks.Column;

/** Whole values that nobody knows the size of, because only the disk knows them: small ones wait for nothing that is slow. */
final class ColdValuesTest extends OnQueueServer {
  private static final int SMALL = 5;
  private static final int LARGE = 1000;

  @Test
  void aSmallOneIsReadWhileAllSlowThreadsAreBusy() throws Exception {
    fill("small", SMALL);
    restartWithout("small");
    holdSlowThreads();

    assertThat(client.call("whole", "small")).isEqualTo(Reply.simple("quick " + SMALL));
    assertThat(client.call("whole", "small")).isEqualTo(Reply.simple("loop " + SMALL));
  }

  @Test
  void aLargeOneWaitsForASlowThread() throws Exception {
    fill("large", LARGE);
    restartWithout("large");
    holdSlowThreads();

    client.send("whole", "large");
    Await.until("it waits", QueueServer.SOON, () -> slowTasks() == 2);
    Await.until(
        "no quick thread does",
        QueueServer.SOON,
        () -> server.dispatcher.poolLoad().quickActive() == 0);
    server.stall.release();
    assertThat(client.receive()).isEqualTo(Reply.simple("slow " + LARGE));
  }

  @Test
  void severalAreAsLargeAsTheLargest() throws Exception {
    fill("small", SMALL);
    fill("other", SMALL);
    fill("large", LARGE);
    restartWithout("small", "other", "large");

    assertThat(client.call("wholes", "small", "other"))
        .isEqualTo(Reply.simple("quick " + 2 * SMALL));
    assertThat(client.call("wholes", "small", "large"))
        .isEqualTo(Reply.simple("slow " + (SMALL + LARGE)));
  }

  @Test
  void aPipelineOfBothIsAnsweredInItsOrder() throws Exception {
    List<String> keys = new ArrayList<>();
    List<String> sizes = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      int fields = i % 4 == 0 ? LARGE + i : i;
      keys.add("key" + i);
      sizes.add("" + fields);
      fill("key" + i, fields);
    }
    restartWithout(keys.toArray(String[]::new));
    holdSlowThreads();

    for (int i = 0; i < keys.size(); i++) {
      client.send("whole", keys.get(i));
      client.send("push", "q", "x");
    }
    Await.until("the first large one waits", QueueServer.SOON, () -> slowTasks() == 2);
    try (QueueClient other = server.client()) {
      assertThat(other.call("length", "q")).as("before it").isEqualTo(Reply.integer(3));
    }
    server.stall.release();

    for (int i = 0; i < sizes.size(); i++) {
      assertThat(client.receive().toString()).contains(" " + sizes.get(i));
      assertThat(client.receive()).isEqualTo(Reply.integer(i + 1));
    }
  }

  @Test
  void eachIsCountedOnceWhereverItWasTried() throws Exception {
    fill("small", SMALL);
    fill("large", LARGE);
    restartWithout("small", "large");

    client.call("whole", "small");
    client.call("whole", "large");
    client.call("alwayscold", "small");

    assertThat(server.stats.totals())
        .filteredOn(totals -> totals.spec().fullName().equals("whole"))
        .singleElement()
        .satisfies(totals -> assertThat(totals.calls()).isEqualTo(2));
    assertThat(server.stats.totalCalls()).isEqualTo(3);
    assertThat(server.store.engine().hits().sum()).isEqualTo(2);
  }

  @Test
  void whatNeverComesToMemoryIsNotTriedForEver() throws Exception {
    assertThat(client.call("alwayscold", "k")).isEqualTo(Reply.OK);
    assertThat(server.whole.tries).containsExactly("loop", "quick", "loop", "slow");
    assertThat(client.call("alwayscold", "k")).isEqualTo(Reply.OK);
    assertThat(server.whole.tries).hasSize(8);
  }

  private void fill(String key, int fields) throws IOException {
    assertThat(client.call("fill", key, "" + fields)).isEqualTo(Reply.integer(fields));
  }

  /** Restarts with none of these keys in memory. */
  private void restartWithout(String... keys) throws IOException {
    server.store.rocks().flush(Column.RECORD);
    server.store.rocks().flush(Column.ROW);
    restart();
    try (UnitOfWork unit = server.store.begin(UnitOfWork.Mode.MEMORY_ONLY)) {
      unit.beginCommand(server.store.nowMs());
      for (String key : keys) {
        byte[] name = key.getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> unit.keyspace(0).get(name)).isSameAs(WouldBlock.COLD);
      }
    }
  }

  /** There is one. */
  private void holdSlowThreads() throws Exception {
    try (QueueClient busy = server.client()) {
      busy.send("stall");
      Await.until("held", QueueServer.SOON, () -> slowTasks() == 1);
    }
  }

  private int slowTasks() {
    return server.dispatcher.poolLoad().slowActive()
        + server.dispatcher.poolLoad().slowWaiting();
  }
}
