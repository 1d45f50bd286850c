package pika.server.proof.pipeline;

import java.util.Arrays;
import java.util.SplittableRandom;
import pika.server.proof.Command;
import pika.server.proof.RawReply;

/**
 * What one connection asks, and what it must hear: commands of very different cost in random order,
 * on keys that are the connection's own, so that every answer is known beforehand. The same seed
 * writes the same script: the sending and the receiving side each unroll their own.
 */
final class Script {
  /** Of so many commands one is a slow one, of each kind. */
  private static final int SLOW_EVERY = 800;

  private static final int BIG_BYTES = 2_000_000;

  private final String name;
  private final SharedData shared;
  private final SplittableRandom random;
  private long step;
  private long counter;
  private long logBytes;
  private long bigBytes;
  private String register = "";

  Script(int connection, long seed, SharedData shared) {
    this.name = "c" + connection;
    this.shared = shared;
    this.random = new SplittableRandom(seed + connection);
  }

  /** Commands per burst: from one to ten thousand, in this script's own order. */
  int[] bursts() {
    int[] sizes = {1, 1, 2, 5, 17, 60, 250, 1000, 3000, 10_000};
    for (int i = sizes.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int size = sizes[i];
      sizes[i] = sizes[other];
      sizes[other] = size;
    }
    return sizes;
  }

  Exchange next() {
    step++;
    return switch (random.nextInt(SLOW_EVERY)) {
      case 0 -> expect(shared.large(), "GET", SharedData.LARGE);
      case 1 -> expect(RawReply.integer(shared.bitCount()), "BITCOUNT", SharedData.HUGE);
      case 2 -> expect(RawReply.of("*0\r\n"), "KEYS", "nobody:*");
      case 3 -> writeFarOut();
      default -> quick();
    };
  }

  private Exchange quick() {
    return switch (random.nextInt(9)) {
      case 0, 1 -> expect(RawReply.integer(++counter), "INCR", name + ":counter");
      case 2 -> setRegister();
      case 3 -> getRegister();
      case 4 -> expect(RawReply.bulk(name + "/" + step), "ECHO", name + "/" + step);
      case 5 -> append();
      case 6 ->
        expect(
            RawReply.of("-ERR value is not an integer or out of range\r\n"),
            "INCRBY",
            name + ":counter",
            "one");
      case 7 ->
        expect(
            RawReply.of("*3\r\n$-1\r\n" + bulk(register) + "$-1\r\n"),
            "MGET",
            name + ":none",
            name + ":register",
            name + ":none");
      default -> expect(RawReply.integer(0), "EXISTS", name + ":none");
    };
  }

  private Exchange setRegister() {
    char[] value = new char[random.nextInt(400)];
    Arrays.fill(value, (char) ('a' + random.nextInt(26)));
    register = step + new String(value);
    return expect(RawReply.of("+OK\r\n"), "SET", name + ":register", register);
  }

  private Exchange getRegister() {
    return expect(RawReply.of(bulk(register)), "GET", name + ":register");
  }

  private Exchange append() {
    logBytes += 5;
    return expect(RawReply.integer(logBytes), "APPEND", name + ":log", "entry");
  }

  private Exchange writeFarOut() {
    long offset = random.nextInt(BIG_BYTES);
    bigBytes = Math.max(bigBytes, offset + 4);
    return expect(RawReply.integer(bigBytes), "SETRANGE", name + ":big", offset, "mark");
  }

  private static String bulk(String value) {
    return value.isEmpty() ? "$-1\r\n" : "$" + value.length() + "\r\n" + value + "\r\n";
  }

  private static Exchange expect(RawReply reply, Object... command) {
    return new Exchange(Command.of(command), reply);
  }
}
