package pika.tools.drive;

import java.util.Arrays;
import java.util.List;

/**
 * The unit of counting: a command, or several that are sent together.
 *
 * @param weight its frequency relative to the load's other operations
 * @param commands the words of each command; {@link #NUMBER} in a word stands for a random number
 *     of twelve digits, the word {@link #DATA} for a value
 */
public record Operation(int weight, List<List<String>> commands) {

  public static final String NUMBER = "{n}";
  public static final String DATA = "{data}";

  /** Commands whose words are separated by spaces. */
  public static Operation of(int weight, String... commands) {
    return new Operation(
        weight,
        Arrays.stream(commands).map(words -> List.of(words.split(" ", -1))).toList());
  }
}
