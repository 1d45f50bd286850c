package pika.server.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Flag;
import pika.server.command.Group;
import pika.server.command.Row;

final class DiskGuardTest {
  private static final long RESERVE = 1000;

  private final CommandSpec adding;
  private final CommandSpec deleting;
  private long free = RESERVE;
  private boolean broken;
  private final DiskGuard guard = new DiskGuard(this::freeBytes);

  DiskGuardTest() {
    CommandTable table = new CommandTable();
    table.add(() -> List.of(row("adding", Flag.WRITE, Flag.DENYOOM), row("deleting", Flag.WRITE)));
    adding = table.specs().get(0);
    deleting = table.specs().get(1);
  }

  @BeforeEach
  void reserve() {
    guard.reserve(RESERVE);
  }

  @Test
  void letsEverythingPassWhileThereIsSpace() {
    guard.look();
    assertThat(guard.isRefusing()).isFalse();
    guard.check(adding);
    guard.check(deleting);
  }

  @Test
  void refusesWhatAddsDataWhenSpaceIsShort() {
    look(RESERVE - 1);
    assertThat(guard.freeBytes()).isEqualTo(RESERVE - 1);
    assertRefused();
    guard.check(deleting);
  }

  @Test
  void allowsItAgainWhenThereIsSpace() {
    look(0);
    assertRefused();
    look(RESERVE);
    guard.check(adding);
  }

  @Test
  void keepsItsMindWhenItCannotLook() {
    look(0);
    broken = true;
    look(RESERVE);
    assertRefused();
  }

  @Test
  void saysOnceThatItCannotLook() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger log = (Logger) LoggerFactory.getLogger(DiskGuard.class);
    log.addAppender(lines);
    try {
      for (boolean now : new boolean[] {true, true, false, true}) {
        broken = now;
        guard.look();
      }
    } finally {
      log.detachAppender(lines);
    }
    assertThat(lines.list)
        .hasSize(2)
        .allMatch(line -> line.getFormattedMessage().endsWith(": the disk is gone"));
  }

  @Test
  void aReserveOfNothingRefusesNothing() {
    guard.reserve(0);
    look(0);
    guard.check(adding);
  }

  private void look(long freeBytes) {
    free = freeBytes;
    guard.look();
  }

  private void assertRefused() {
    assertThat(guard.isRefusing()).isTrue();
    assertThatThrownBy(() -> guard.check(adding))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith("MISCONF Errors writing to disk: No space left on device");
  }

  private long freeBytes() throws IOException {
    if (broken) {
      throw new IOException("the disk is gone");
    }
    return free;
  }

  private static Row row(String name, Flag... flags) {
    return Row.command(name, 1, flags)
        .is(Group.GENERIC, "1.0.0", "O(1)", "Does something.", "")
        .runs(call -> Reply.OK);
  }
}
