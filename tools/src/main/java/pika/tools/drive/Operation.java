package pika.tools.drive;

import java.util.Arrays;
import java.util.List;

/**
 * What counts as one: a command, or several that are sent together.
 *
 * @param weight how often it comes, compared with others of a load
 * @param commands in their words, in which {@link #NUMBER} stands for a random number of twelve
 *     digits and a word {@link #DATA} for a value
 */
public record Operation(int weight, List<List<String>> commands) {

  public static final String NUMBER = "{n}";
  public static final String DATA = "{data}";

  /** Commands whose words are parted by spaces. */
  public static Operation of(int weight, String... commands) {
    return new Operation(
        weight,
        Arrays.stream(commands).map(words -> List.of(words.split(" ", -1))).toList());
  }
}
