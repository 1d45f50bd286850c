package pika.tools.bench;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The conditions of a measurement, without which the figures mean nothing.
 *
 * @param loadAverage of the machine before the benchmark; unless near zero, other programs were
 *     running
 * @param command the command line
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
