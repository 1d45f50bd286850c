package pika.server.proof.dump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import pika.server.proof.Command;

/**
 * Commands that make a value under a key. They say the same to both servers, but each value has one
 * or many elements, short or long, so that every encoding is met.
 */
final class RandomValue {
  /** The kinds of values; the name is what TYPE answers. */
  enum Kind {
    STRING,
    LIST,
    SET,
    HASH,
    ZSET,
    STREAM
  }

  private static final int[] COUNTS = {1, 2, 5, 40, 130, 600, 2000};
  private static final int[] LENGTHS = {0, 1, 3, 10, 20, 63, 64, 65, 200, 300, 4095, 4096, 20_000};
  /** Together, so that one value doesn't hold up the others. */
  private static final int MOST_BYTES = 400_000;

  private static final int ARGS_AT_ONCE = 300;

  private final SplittableRandom random;
  private final String key;

  RandomValue(SplittableRandom random, String key) {
    this.random = random;
    this.key = key;
  }

  List<Command> commands(Kind kind) {
    return switch (kind) {
      case STRING -> List.of(Command.of("SET", key, element(MOST_BYTES)));
      case LIST -> adding("RPUSH", list -> list.add(element(room())));
      case SET ->
        adding(
            "SADD",
            random.nextInt(3) == 0 ? set -> set.add(integer()) : set -> set.add(element(room())));
      case HASH -> adding("HSET", hash -> hash.addAll(List.of(element(room()), element(room()))));
      case ZSET -> adding("ZADD", zset -> zset.addAll(List.of(score(), element(room()))));
      case STREAM -> stream();
    };
  }

  private interface Part {
    void addTo(List<Object> args);
  }

  private List<Command> adding(String name, Part part) {
    List<Command> commands = new ArrayList<>();
    int left = COUNTS[random.nextInt(COUNTS.length)];
    while (left > 0) {
      List<Object> args = new ArrayList<>(List.of(name, key));
      for (int i = Math.min(left, ARGS_AT_ONCE); i > 0; i--, left--) {
        part.addTo(args);
      }
      commands.add(Command.of(args.toArray()));
    }
    return commands;
  }

  private List<Command> stream() {
    List<Command> commands = new ArrayList<>();
    int count = COUNTS[random.nextInt(COUNTS.length)];
    long ms = random.nextInt(1000);
    for (int i = 1; i <= count; i++) {
      ms += random.nextInt(3);
      List<Object> args = new ArrayList<>(List.of("XADD", key, ms + "-" + i));
      int fields = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 2;
      for (int f = 0; f < fields; f++) {
        args.addAll(List.of("field" + f, element(100)));
      }
      commands.add(Command.of(args.toArray()));
      if (random.nextInt(10) == 0) {
        commands.add(Command.of("XDEL", key, ms + "-" + i));
      }
    }
    commands.addAll(groups());
    if (random.nextInt(4) == 0) {
      commands.add(Command.of("XTRIM", key, "MAXLEN", 1));
    }
    return commands;
  }

  private List<Command> groups() {
    List<Command> commands = new ArrayList<>();
    for (int g = random.nextInt(3); g > 0; g--) {
      String group = "group" + g;
      commands.add(Command.of("XGROUP", "CREATE", key, group, random.nextBoolean() ? "0" : "$"));
      for (int c = random.nextInt(3); c > 0; c--) {
        String consumer = "consumer" + c;
        commands.add(Command.of("XGROUP", "CREATECONSUMER", key, group, consumer));
        commands.add(
            Command.of("XREADGROUP", "GROUP", group, consumer, "COUNT", 20, "STREAMS", key, ">"));
      }
      if (random.nextBoolean()) {
        commands.add(Command.of("XAUTOCLAIM", key, group, "consumer9", 0, "0", "COUNT", 7));
      }
    }
    return commands;
  }

  private Object element(int mostBytes) {
    return switch (random.nextInt(4)) {
      case 0 -> integer();
      case 1 -> "word " + random.nextInt(100_000);
      case 2 -> repeated(length(mostBytes));
      default -> noise(length(mostBytes));
    };
  }

  private byte[] repeated(int length) {
    byte[] same = new byte[length];
    Arrays.fill(same, (byte) ('a' + random.nextInt(3)));
    return same;
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  /** Most are short: a long one now and then shows what a long one does. */
  private int room() {
    return random.nextInt(50) == 0 ? MOST_BYTES : 64;
  }

  private int length(int mostBytes) {
    int length = LENGTHS[random.nextInt(LENGTHS.length)];
    return length <= mostBytes ? length : random.nextInt(mostBytes);
  }

  private Long integer() {
    return random.nextLong() >> random.nextInt(64);
  }

  private String score() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextBoolean() ? "inf" : "-inf";
      case 1 -> "" + random.nextInt(100);
      case 2 -> "" + (random.nextDouble() - 0.5) * 1e9;
      default -> "" + random.nextInt(1000) / 8.0;
    };
  }
}
