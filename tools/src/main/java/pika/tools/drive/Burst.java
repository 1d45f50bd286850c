package pika.tools.drive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import pika.tools.load.Values;

/** The operations a connection sends together, encoded once, with placeholders for numbers. */
final class Burst {

  private static final int DIGITS = 12;

  private final byte[] bytes;
  private final int[] numbersAt;
  private final int replies;

  private Burst(byte[] bytes, int[] numbersAt, int replies) {
    this.bytes = bytes;
    this.numbersAt = numbersAt;
    this.replies = replies;
  }

  /** Draws operations of {@code load}. */
  static Burst of(Load load, SplittableRandom random, Values values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Integer> numbersAt = new ArrayList<>();
    int replies = 0;
    for (int i = 0; i < load.pipeline(); i++) {
      for (List<String> command : draw(load.operations(), random).commands()) {
        encode(command, values, out, numbersAt);
        replies++;
      }
    }
    int[] places = numbersAt.stream().mapToInt(Integer::intValue).toArray();
    return new Burst(out.toByteArray(), places, replies);
  }

  /** Fills in new numbers. */
  void number(SplittableRandom random, Numbers numbers) {
    for (int at : numbersAt) {
      long rest = numbers.next(random);
      for (int i = at + DIGITS - 1; i >= at; i--) {
        bytes[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
  }

  /** The encoded burst, not a copy; valid until {@link #number} changes it. */
  byte[] bytes() {
    return bytes;
  }

  /** The number of replies it gets. */
  int replies() {
    return replies;
  }

  private static Operation draw(List<Operation> operations, SplittableRandom random) {
    int drawn = random.nextInt(operations.stream().mapToInt(Operation::weight).sum());
    for (Operation operation : operations) {
      drawn -= operation.weight();
      if (drawn < 0) {
        return operation;
      }
    }
    throw new IllegalStateException("weights do not add up");
  }

  private static void encode(
      List<String> command, Values values, ByteArrayOutputStream out, List<Integer> numbersAt) {
    out.writeBytes(ascii("*" + command.size() + "\r\n"));
    for (String word : command) {
      byte[] argument = word.equals(Operation.DATA)
          ? values.next()
          : ascii(word.replace(Operation.NUMBER, "0".repeat(DIGITS)));
      out.writeBytes(ascii("$" + argument.length + "\r\n"));
      int number = word.indexOf(Operation.NUMBER);
      if (number >= 0) {
        numbersAt.add(out.size() + number);
      }
      out.writeBytes(argument);
      out.writeBytes(ascii("\r\n"));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
