package pika.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class ReadTableTest {
  private final Set<Long> connected = ConcurrentHashMap.newKeySet();
  private final ReadTable table = new ReadTable(connected::contains);

  @Test
  void whoIsGoneIsForgottenEvenIfTheKeyNeverChanges() {
    connected.add(0L);
    read("flag", 0);
    for (long id = 1; id < 10_000; id++) {
      connected.add(id);
      read("flag", id);
      connected.remove(id);
      assertThat(table.items()).isLessThan(50);
    }
    assertThat(table.take("flag", Moment.NOBODYS)).contains(new Read(0, 7, 7, 3));
    assertThat(table.items()).isZero();
    assertThat(table.keys()).isZero();
  }

  @Test
  void whoIsThereIsRememberedHoweverManyTheyAre() {
    for (long id = 0; id < 1000; id++) {
      connected.add(id);
      read("flag", id);
      read("flag", id);
    }
    assertThat(table.items()).isEqualTo(1000);
    assertThat(table.take("flag", Moment.NOBODYS)).hasSize(1000);
  }

  private void read(String key, long clientId) {
    table.add(key, new Read(clientId, 7, 7, 3));
  }
}
