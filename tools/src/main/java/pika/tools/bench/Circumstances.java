package pika.tools.bench;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Under which figures came about; without them they mean nothing.
 *
 * @param loadAverage of the machine before the benchmark: near zero, or others were at work too
 * @param command as it was typed
 */
record Circumstances(String date, String machine, String loadAverage, String command) {

  static Circumstances now(String command) {
    return new Circumstances(
        LocalDate.now(ZoneId.systemDefault()).toString(),
        Machine.describe(),
        Machine.loadAverage(),
        command);
  }
}
