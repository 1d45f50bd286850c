package pika.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A log file that somebody else may move away or delete at any time, as logrotate does: before each
 * line it is looked whether the file is still there under its name, and if not it is made anew. Lines
 * are few; Redis opens its log for each of them.
 */
final class RotatedFileAppender extends FileAppender<ILoggingEvent> {
  /** What the file system knows the open file by; guarded by the lock of the stream. */
  private @Nullable Object openFile;

  @Override
  public void start() {
    super.start();
    openFile = fileUnderTheName();
  }

  @Override
  protected void subAppend(ILoggingEvent event) {
    streamWriteLock.lock();
    try {
      if (!Objects.equals(openFile, fileUnderTheName())) {
        openFile(getFile());
        openFile = fileUnderTheName();
      }
    } catch (IOException e) {
      // The file that is open takes the line, wherever it is now; the next one tries again.
      addError("can't open " + getFile() + " again", e);
    } finally {
      streamWriteLock.unlock();
    }
    super.subAppend(event);
  }

  /** Null when there is none. */
  private @Nullable Object fileUnderTheName() {
    try {
      return Files.readAttributes(Path.of(getFile()), BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
