package pika.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import pika.server.session.ClientPause.Mode;

class ClientPauseTest {
  private final AtomicLong nowMs = new AtomicLong(1_000);
  private final ClientPause pause = new ClientPause(nowMs::get);

  @Test
  void endsByItself() {
    pause.pause(Mode.WRITE, 100);
    assertThat(pause.isOn()).isTrue();
    assertThat(pause.mode()).isEqualTo(Mode.WRITE);
    nowMs.set(1_100);
    assertThat(pause.mode()).isEqualTo(Mode.NONE);
    assertThat(pause.isOn()).isFalse();
  }

  @Test
  void theLongerTimeAndTheStricterModeHold() {
    pause.pause(Mode.ALL, 100);
    pause.pause(Mode.WRITE, 200);
    assertThat(pause.mode()).isEqualTo(Mode.ALL);
    assertThat(pause.leftMs()).isEqualTo(200);
    pause.pause(Mode.WRITE, 50);
    assertThat(pause.leftMs()).isEqualTo(200);
  }

  @Test
  void aPauseThatIsOverDoesNotCount() {
    pause.pause(Mode.ALL, 100);
    nowMs.set(2_000);
    pause.pause(Mode.WRITE, 100);
    assertThat(pause.mode()).isEqualTo(Mode.WRITE);
  }

  @Test
  void tellsWhenItChanges() {
    AtomicInteger changes = new AtomicInteger();
    pause.onChange(changes::incrementAndGet);
    pause.pause(Mode.ALL, 100);
    pause.unpause();
    assertThat(changes).hasValue(2);
    assertThat(pause.isOn()).isFalse();
  }
}
