package pika.server.proof.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.ProofSettings;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Many clients with transactions and scripts over few keys. */
final class TransactionsTest {
  private static final int CLIENTS = 8;
  private static final int TRANSACTIONS = 150;
  private static final List<String> LISTS = List.of("a", "b", "c", "d");

  /**
   * Appends its first argument to so many lists as the second one says, which follow, and reads the
   * others.
   */
  private static final String SCRIPT = """
      local last = 2 + tonumber(ARGV[2])
      for i = 3, last do redis.call('RPUSH', ARGV[i], ARGV[1]) end
      local read = {}
      for i = last + 1, #ARGV do read[#read + 1] = redis.call('LRANGE', ARGV[i], 0, -1) end
      return read
      """;

  @RegisterExtension
  final Servers servers = new Servers();

  private final AtomicInteger numbers = new AtomicInteger();
  private final History history = new History();

  @Test
  void runAsIfOneAfterTheOther() throws Exception {
    ServerProcess server = servers.subject();
    long seed = ProofSettings.seed();
    atOnce(CLIENTS, client -> {
      Random random = new Random(seed + client);
      try (Wire wire = server.connect()) {
        for (int i = 0; i < TRANSACTIONS; i++) {
          if (random.nextInt(3) == 0) {
            runScript(wire, random);
          } else {
            transact(wire, random);
          }
        }
      }
    });
    Map<String, List<Integer>> last = new HashMap<>();
    try (Wire wire = server.connect()) {
      for (String list : LISTS) {
        last.put(list, numbersIn(wire.ask("LRANGE", list, 0, -1)));
      }
    }
    assertThat(history.size()).isPositive();
    assertThat(history.problem(last)).as("seed %d", seed).isEmpty();
  }

  @Test
  void thatWatchWhatTheyCountLoseNothing() throws Exception {
    ServerProcess server = servers.subject();
    int each = 100;
    atOnce(CLIENTS, client -> {
      try (Wire wire = server.connect()) {
        for (int i = 0; i < each; i++) {
          while (!countedUp(wire)) {
            Thread.onSpinWait();
          }
        }
      }
    });
    try (Wire wire = server.connect()) {
      assertThat(wire.ask("GET", "counter").text()).isEqualTo(Integer.toString(CLIENTS * each));
    }
  }

  private static boolean countedUp(Wire wire) throws IOException {
    wire.ask("WATCH", "counter");
    RawReply present = wire.ask("GET", "counter");
    long next = present.isNil() ? 1 : Long.parseLong(present.text()) + 1;
    wire.ask("MULTI");
    wire.ask("SET", "counter", next);
    return !wire.ask("EXEC").isNil();
  }

  /** The same in a script, which declares some of its keys or none. */
  private void runScript(Wire wire, Random random) throws IOException {
    int number = numbers.incrementAndGet();
    List<String> appended = some(random);
    List<String> read = some(random);
    List<String> declared = appended.subList(0, random.nextInt(appended.size() + 1));
    List<Object> words = new ArrayList<>(List.of("EVAL", SCRIPT, declared.size()));
    words.addAll(declared);
    words.addAll(List.of(number, appended.size()));
    words.addAll(appended);
    words.addAll(read);
    long begun = System.nanoTime();
    RawReply reply = wire.ask(words.toArray());
    long ended = System.nanoTime();
    Map<String, List<Integer>> seen = new HashMap<>();
    for (int i = 0; i < read.size(); i++) {
      seen.put(read.get(i), numbersIn(reply.elements().get(i)));
    }
    history.add(new History.Transaction(number, begun, ended, seen));
  }

  private void transact(Wire wire, Random random) throws IOException {
    int number = numbers.incrementAndGet();
    boolean watches = random.nextInt(4) == 0;
    List<String> appended = some(random);
    List<String> read = some(random);
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("MULTI"));
    for (String list : appended) {
      commands.add(Command.of("RPUSH", list, number));
    }
    for (String list : read) {
      commands.add(Command.of("LRANGE", list, 0, -1));
    }
    commands.add(Command.of("EXEC"));
    long begun = System.nanoTime();
    if (watches) {
      wire.ask("WATCH", read.get(0));
    }
    List<RawReply> replies = wire.askAll(commands);
    long ended = System.nanoTime();
    RawReply executed = replies.get(replies.size() - 1);
    if (executed.isNil()) {
      assertThat(watches).isTrue();
      return;
    }
    Map<String, List<Integer>> seen = new HashMap<>();
    for (int i = 0; i < read.size(); i++) {
      seen.put(read.get(i), numbersIn(executed.elements().get(appended.size() + i)));
    }
    history.add(new History.Transaction(number, begun, ended, seen));
  }

  /** One to three different lists. */
  private static List<String> some(Random random) {
    List<String> lists = new ArrayList<>(LISTS);
    Collections.shuffle(lists, random);
    return lists.subList(0, 1 + random.nextInt(3));
  }

  private static List<Integer> numbersIn(RawReply list) {
    return list.elements().stream().map(each -> Integer.valueOf(each.text())).toList();
  }

  private interface Client {
    void run(int number) throws Exception;
  }

  private static void atOnce(int clients, Client work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int client = i;
        all.add(threads.submit(() -> {
          work.run(client);
          return null;
        }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
