package pika.server.acl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import pika.server.acl.Access.Context;
import pika.server.acl.Denial.Reason;

final class AclLogTest {
  private final AtomicLong now = new AtomicLong();
  private final AclLog log = new AclLog(now::get, session -> "");

  @Test
  void theSameRefusalWithinAMinuteCountsUp() {
    add("a");
    now.set(60_000);
    add("a");
    assertThat(log.newest(10)).singleElement().satisfies(entry -> {
      assertThat(entry.count()).isEqualTo(2);
      assertThat(entry.createdMs()).isZero();
      assertThat(entry.updatedMs()).isEqualTo(60_000);
      assertThat(entry.client()).isEqualTo("client at 60000");
    });
    now.set(120_001);
    add("a");
    assertThat(log.newest(10)).hasSize(2);
  }

  @Test
  void whatHappensAgainMovesToTheFront() {
    add("a");
    add("b");
    add("a");
    assertThat(log.newest(10)).extracting(AclLog.Entry::object).containsExactly("a", "b");
    assertThat(log.newest(1)).hasSize(1);
  }

  @Test
  void itForgetsTheOldestAndCountsAll() {
    log.maxLength(3);
    for (int i = 0; i < 10; i++) {
      add("key" + i);
    }
    assertThat(log.newest(10)).extracting(AclLog.Entry::id).containsExactly(9L, 8L, 7L);
    log.maxLength(0);
    add("another");
    assertThat(log.newest(10)).isEmpty();
    assertThat(log.total(Reason.KEY)).isEqualTo(11);
  }

  @Test
  void aHugeKeyIsCut() {
    add("x".repeat(1 << 20));
    assertThat(log.newest(1).get(0).object()).hasSize(1024);
  }

  private void add(String key) {
    log.add(new Denial(Reason.KEY, 1, key), Context.TOPLEVEL, "user", "client at " + now);
  }
}
