package pika.server.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import pika.server.command.CommandException;

class RunningScriptsTest {
  private static final long LIMIT_MS = 5_000;

  private long nanos = Long.MAX_VALUE;
  private final RunningScripts running = new RunningScripts(() -> LIMIT_MS, () -> nanos);

  @Test
  void onlyThoseThatRunTooLongAreKilled() {
    RunningScripts.Run late = begin(ScriptKind.SCRIPT);
    RunningScripts.Run later = begin(ScriptKind.SCRIPT);
    pass(1);
    RunningScripts.Run innocent = begin(ScriptKind.SCRIPT);
    RunningScripts.Run function = begin(ScriptKind.FUNCTION);
    pass(LIMIT_MS);
    late.tick(1);
    later.tick(1);
    innocent.tick(1);

    running.kill(ScriptKind.SCRIPT);

    assertThatThrownBy(() -> late.tick(1)).isInstanceOf(ScriptKilled.class);
    assertThatThrownBy(() -> later.tick(1)).isInstanceOf(ScriptKilled.class);
    innocent.tick(1);
    function.tick(1);
  }

  @Test
  void ifNoneRunsTooLongTheFirstOneIsKilled() {
    RunningScripts.Run first = begin(ScriptKind.SCRIPT);
    pass(1);
    RunningScripts.Run second = begin(ScriptKind.SCRIPT);

    running.kill(ScriptKind.SCRIPT);

    assertThatThrownBy(() -> first.tick(1)).isInstanceOf(ScriptKilled.class);
    second.tick(1);
  }

  @Test
  void thereMayBeNoneOfTheKind() {
    try (RunningScripts.Run function = begin(ScriptKind.FUNCTION)) {
      assertRefused("NOTBUSY No scripts in execution right now.");
      pass(LIMIT_MS + 1);
      function.tick(1);
      assertRefused(ScriptKind.FUNCTION.busyText());
    }
    assertThat(running.isOverdue()).isFalse();
  }

  private void pass(long ms) {
    nanos += TimeUnit.MILLISECONDS.toNanos(ms);
  }

  private void assertRefused(String text) {
    assertThatThrownBy(() -> running.kill(ScriptKind.SCRIPT))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.errorText()).isEqualTo(text));
  }

  private RunningScripts.Run begin(ScriptKind kind) {
    return running.begin(kind, "name", new byte[0][], true, true);
  }
}
