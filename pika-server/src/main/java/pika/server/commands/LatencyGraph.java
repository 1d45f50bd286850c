package pika.server.commands;

import java.util.List;
import java.util.concurrent.TimeUnit;
import pika.server.stats.LatencySample;

/**
 * Draws samples as ASCII art: a column per sample, higher for a longer duration, with its age
 * below, read downwards.
 *
 * <pre>
 *     #
 *   o #
 *   | |_
 *   332
 *   m1s
 *    s
 * </pre>
 */
final class LatencyGraph {
  private static final int ROWS = 4;
  /** The top character of a column distinguishes three heights per row. */
  private static final String TIPS = "_o#";

  private static final char BODY = '|';

  private final List<LatencySample> samples;
  private final long nowSeconds;

  LatencyGraph(List<LatencySample> samples, long nowSeconds) {
    this.samples = samples;
    this.nowSeconds = nowSeconds;
  }

  String draw() {
    long low = samples.stream().mapToLong(LatencySample::ms).min().orElse(0);
    long high = samples.stream().mapToLong(LatencySample::ms).max().orElse(0);
    StringBuilder picture = new StringBuilder();
    for (int row = ROWS - 1; row >= 0; row--) {
      StringBuilder line = new StringBuilder();
      for (LatencySample sample : samples) {
        line.append(letter(height(sample.ms(), low, high), row));
      }
      picture.append(line.toString().stripTrailing()).append('\n');
    }
    return picture.append('\n').append(ages()).toString();
  }

  /** Returns the height in thirds of a row; the lowest is still visible. */
  private static int height(long ms, long low, long high) {
    int heights = ROWS * TIPS.length();
    return high == low ? 1 : 1 + (int) ((ms - low) * (heights - 1) / (high - low));
  }

  private static char letter(int height, int row) {
    int above = height - row * TIPS.length();
    if (above <= 0) {
      return ' ';
    }
    return above > TIPS.length() ? BODY : TIPS.charAt(above - 1);
  }

  private String ages() {
    List<String> labels = samples.stream().map(this::age).toList();
    int longest = labels.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < longest; i++) {
      StringBuilder line = new StringBuilder();
      for (String label : labels) {
        line.append(i < label.length() ? label.charAt(i) : ' ');
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private String age(LatencySample sample) {
    long seconds = Math.max(0, nowSeconds - sample.unixSeconds());
    if (seconds < TimeUnit.MINUTES.toSeconds(1)) {
      return seconds + "s";
    }
    if (seconds < TimeUnit.HOURS.toSeconds(1)) {
      return TimeUnit.SECONDS.toMinutes(seconds) + "m";
    }
    return seconds < TimeUnit.DAYS.toSeconds(1)
        ? TimeUnit.SECONDS.toHours(seconds) + "h"
        : TimeUnit.SECONDS.toDays(seconds) + "d";
  }
}
