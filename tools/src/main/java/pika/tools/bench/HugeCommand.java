package pika.tools.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands that send or return a huge value, in execution order: some read what others wrote. */
enum HugeCommand {
  SET("SET hugestring {whole}"),
  GET("GET hugestring"),
  DUMP("DUMP hugestring"),
  HMSET("HMSET hugehash" + pairs("field")),
  MSET("MSET" + pairs("hugekey")),
  LPUSH("LPUSH hugelist" + " {part}".repeat(HugeCommand.PARTS));

  /** How many values the bytes are divided into if a command takes several. */
  static final int PARTS = 10;

  private final String words;

  HugeCommand(String words) {
    this.words = words;
  }

  /** The command's words; repeated values share an array. */
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

  /** Deletes all keys that the commands create. */
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
