package pika.server.info;

import java.util.Locale;

/** Builds a section: a heading and lines of {@code name:value}. Confined to one thread. */
public final class InfoText {
  private static final long KB = 1024;
  private static final String[] UNITS = {"K", "M", "G", "T", "P"};

  private final StringBuilder text = new StringBuilder();

  InfoText(String heading) {
    text.append("# ").append(heading).append("\r\n");
  }

  public InfoText line(String name, Object value) {
    text.append(name).append(':').append(value).append("\r\n");
    return this;
  }

  /** Adds a number with two decimals. */
  public InfoText decimal(String name, double value) {
    return line(name, String.format(Locale.ROOT, "%.2f", value));
  }

  /** Adds a size in bytes, and again in readable form as {@code name_human}. */
  public InfoText size(String name, long bytes) {
    return line(name, bytes).line(name + "_human", human(bytes));
  }

  /** Formats a size in a suitable unit, as Redis does: {@code 918.98K}. */
  static String human(long bytes) {
    if (bytes < KB) {
      return bytes + "B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= KB && unit < UNITS.length - 1) {
      value /= KB;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f%s", value, UNITS[unit]);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
