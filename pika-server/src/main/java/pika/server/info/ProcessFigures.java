package pika.server.info;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Process statistics from {@code /proc}; zeros where that does not exist.
 *
 * @param residentBytes resident memory
 * @param userSeconds processor time in user mode
 * @param systemSeconds processor time in the kernel
 */
record ProcessFigures(long residentBytes, double userSeconds, double systemSeconds) {
  private static final ProcessFigures UNKNOWN = new ProcessFigures(0, 0, 0);
  private static final Path STAT = Path.of("/proc/self/stat");

  /** {@code /proc} counts time in hundredths of a second on every machine we run on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long PAGE_BYTES = 4096;

  // Counted from the field after the program's name, which may contain blanks.
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int RESIDENT_PAGES = 21;

  static ProcessFigures now() {
    try {
      String stat = Files.readString(STAT, StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return new ProcessFigures(
          Long.parseLong(fields[RESIDENT_PAGES]) * PAGE_BYTES,
          Long.parseLong(fields[USER_TICKS]) / TICKS_PER_SECOND,
          Long.parseLong(fields[SYSTEM_TICKS]) / TICKS_PER_SECOND);
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return UNKNOWN;
    }
  }
}
