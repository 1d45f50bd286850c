package pika.tools.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands that carry, or ask for, a huge value; in the order they run, as one leaves what the next asks for. */
enum HugeCommand {
  SET("SET hugestring {whole}"),
  GET("GET hugestring"),
  DUMP("DUMP hugestring"),
  HMSET("HMSET hugehash" + pairs("field")),
  MSET("MSET" + pairs("hugekey")),
  LPUSH("LPUSH hugelist" + " {part}".repeat(HugeCommand.PARTS));

  /** Into so many values the bytes are divided where a command takes several. */
  static final int PARTS = 10;

  private final String words;

  HugeCommand(String words) {
    this.words = words;
  }

  /** The command with so many bytes of values, the same array wherever one repeats. */
  byte[][] of(byte[] whole, byte[] part) {
    List<byte[]> command = new ArrayList<>();
    for (String word : words.split(" ", -1)) {
      command.add(
          switch (word) {
            case "{whole}" -> whole;
            case "{part}" -> part;
            default -> word.getBytes(StandardCharsets.US_ASCII);
          });
    }
    return command.toArray(byte[][]::new);
  }

  /** All keys that the commands make. */
  static String[] deletion() {
    List<String> words = new ArrayList<>(List.of("DEL", "hugestring", "hugehash", "hugelist"));
    for (int i = 0; i < PARTS; i++) {
      words.add("hugekey" + i);
    }
    return words.toArray(String[]::new);
  }

  private static String pairs(String name) {
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < PARTS; i++) {
      pairs.append(' ').append(name).append(i).append(" {part}");
    }
    return pairs.toString();
  }
}
