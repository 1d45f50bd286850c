package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** What INFO says was freed in the background, by Redis and by ours. */
final class LazyFreesTest {
  @RegisterExtension
  final Servers servers = new Servers();

  @Test
  void largeValuesAndDatabasesThatAreEmptiedCount() throws IOException {
    assertThat(counts(servers.subject())).isEqualTo(counts(servers.redis()));
  }

  private static List<String> counts(ServerProcess server) throws IOException {
    List<String> counts = new ArrayList<>();
    try (Wire wire = server.connect()) {
      for (int i = 0; i < 64; i++) {
        wire.ask("SADD", "small", "member" + i);
        wire.ask("HSET", "packed", "field" + i, i);
      }
      for (int i = 0; i < 1000; i++) {
        wire.ask("SADD", "numbers", i);
        wire.ask("ZADD", "large", i, "member" + i);
      }
      wire.ask("SET", "string", "x".repeat(100_000));
      wire.ask("CONFIG", "RESETSTAT");
      for (String key : List.of("string", "small", "packed", "large", "numbers", "nothing")) {
        counts.add(key + " " + afterwards(wire, "UNLINK", key));
      }
      wire.ask("MSET", "a", "1", "b", "2", "c", "3");
      wire.ask("SELECT", "1");
      wire.ask("SET", "d", "4");
      counts.add("flushdb async " + afterwards(wire, "FLUSHDB", "ASYNC"));
      wire.ask("SET", "d", "4");
      counts.add("flushall sync " + afterwards(wire, "FLUSHALL", "SYNC"));
      wire.ask("MSET", "a", "1", "b", "2", "c", "3");
      counts.add("flushall async " + afterwards(wire, "FLUSHALL", "ASYNC"));
      counts.add("reset " + afterwards(wire, "CONFIG", "RESETSTAT"));
    }
    return counts;
  }

  private static String afterwards(Wire wire, Object... command) throws IOException {
    wire.ask(command);
    String pending = "lazyfree_pending_objects:";
    String freed = "lazyfreed_objects:";
    String memory = wire.ask("INFO", "memory").text();
    while (!memory.contains(pending + "0\r\n")) {
      memory = wire.ask("INFO", "memory").text();
    }
    int from = memory.indexOf(freed) + freed.length();
    return memory.substring(from, memory.indexOf('\r', from));
  }
}
