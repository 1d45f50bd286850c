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
 * Appends to a log file that may be moved or deleted at any time, as logrotate does: before each
 * line it checks whether the file still has its name, and otherwise creates it anew. Lines are few;
 * Redis opens its log for each of them.
 */
final class RotatedFileAppender extends FileAppender<ILoggingEvent> {
  /** The open file's identity in the file system; guarded by the stream's lock. */
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
      // The open file takes the line, wherever it is now; the next line tries again.
      addError("cannot reopen the log file " + getFile(), e);
    } finally {
      streamWriteLock.unlock();
    }
    super.subAppend(event);
  }

  /** Returns the identity of the file that has the name, null when there is none. */
  private @Nullable Object fileUnderTheName() {
    try {
      return Files.readAttributes(Path.of(getFile()), BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
