package pika.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import pika.storage.rocks.StorageException;

final class UpkeepTaskTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(UpkeepTask.class);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong();
  private Supplier<@Nullable RuntimeException> failure = () -> null;
  private final UpkeepTask task = new UpkeepTask("expiry", this::work, nanos::get);

  @BeforeEach
  void listen() {
    LOG.setLevel(Level.INFO);
    log.start();
    LOG.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    LOG.detachAppender(log);
    LOG.setLevel(null);
  }

  private void work() {
    RuntimeException thrown = failure.get();
    if (thrown != null) {
      throw thrown;
    }
  }

  @Test
  void isRepeatedEvenIfThereIsNoMemoryForTheLogLine() {
    AppenderBase<ILoggingEvent> noMemory = new AppenderBase<>() {
      @Override
      protected void append(ILoggingEvent event) {
        throw new OutOfMemoryError("test");
      }
    };
    noMemory.start();
    LOG.addAppender(noMemory);
    try {
      failure = () -> new IllegalStateException("test");
      assertThatCode(task::run).doesNotThrowAnyException();
      failure = () -> null;
      assertThatCode(task::run).doesNotThrowAnyException();
    } finally {
      LOG.detachAppender(noMemory);
    }
  }

  @Test
  void saysOnceAMinuteThatTheDiskIsFullAndThatItIsNotAnyMore() {
    failure = () -> new StorageException("writing failed: No space left on device");
    for (int turn = 0; turn < 20; turn++) {
      task.run();
    }
    nanos.addAndGet(UpkeepTask.SILENCE_NANOS);
    task.run();
    failure = () -> null;
    task.run();
    task.run();

    String failed =
        "background task 'expiry' failed and is retried: writing failed: No space left on device";
    assertThat(lines())
        .containsExactly(
            failed, failed, "background task 'expiry' succeeded again after 21 failures");
    assertThat(log.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  @Test
  void showsWhereABugIs() {
    failure = () -> new IllegalStateException("bug");
    task.run();
    assertThat(lines()).containsExactly("background task 'expiry' failed and is retried");
    assertThat(log.list.get(0).getThrowableProxy().getMessage()).isEqualTo("bug");
  }

  private List<String> lines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
