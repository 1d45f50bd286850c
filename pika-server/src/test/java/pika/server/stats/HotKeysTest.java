package pika.server.stats;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Group;
import pika.server.command.KeyFlag;
import pika.server.command.Keys;
import pika.server.command.Row;

final class HotKeysTest {
  private static final int CALLS = 2_000_000;

  private final CommandSpec get = get();
  private final AtomicLong nanos = new AtomicLong();
  private final HotKeys hotKeys = new HotKeys(nanos::get);

  @Test
  void findsTheHotKeysAmongManyOthers() {
    KeySampler one = hotKeys.newSampler();
    KeySampler other = hotKeys.newSampler();
    Random random = new Random(4);
    for (int i = 0; i < CALLS; i++) {
      KeySampler sampler = i % 2 == 0 ? one : other;
      int draw = random.nextInt(100);
      call(sampler, draw < 20 ? "hot" : draw < 25 ? "warm" : "k" + random.nextInt(100_000));
    }
    List<HotKeys.Entry> hottest = hotKeys.hottest(2).entries();
    assertThat(hottest).extracting(entry -> Args.text(entry.key())).containsExactly("hot", "warm");
    assertThat(hottest.get(0).calls() / (double) CALLS).isCloseTo(0.2, within(0.03));
    assertThat(hottest.get(1).calls() / (double) CALLS).isCloseTo(0.05, within(0.02));
  }

  @Test
  void forgetsWhatIsOlderThanTwoMinutes() {
    KeySampler sampler = hotKeys.newSampler();
    for (int i = 0; i < 100_000; i++) {
      call(sampler, "then");
    }
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(hotKeys.hottest(1).entries()).hasSize(1);
    assertThat(hotKeys.hottest(1).seconds()).isEqualTo(60);
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(hotKeys.hottest(1).entries()).isEmpty();
  }

  @Test
  void tellsNothingAfterAReset() {
    KeySampler sampler = hotKeys.newSampler();
    for (int i = 0; i < 1000; i++) {
      call(sampler, "key");
    }
    hotKeys.forgetAll();
    assertThat(hotKeys.hottest(10).entries()).isEmpty();
  }

  private void call(KeySampler sampler, String key) {
    sampler.ran(0, get, new byte[][] {Args.bytes("get"), Args.bytes(key)});
  }

  private static CommandSpec get() {
    CommandTable table = new CommandTable();
    table.add(() -> List.of(Row.read("get", 2, Keys.first(KeyFlag.RO))
        .is(Group.STRING, "1.0.0", "O(1)", "", "key")
        .runs(call -> Reply.OK)));
    return requireNonNull(table.findFullName("get"));
  }
}
