package pika.server.proof.crash;

import static pika.server.proof.Notation.text;

import java.util.SplittableRandom;
import pika.server.proof.Command;
import pika.server.proof.RawReply;

/**
 * The writes of one connection, on keys of its own, numbered so that each leaves a state of its
 * own. Every kind of write that must not be lost or torn is among them.
 */
final class Workload {
  /**
   * A mark of eight bytes here lies across the end of a chunk, whatever power of two its size is.
   */
  private static final int ACROSS_CHUNKS = (1 << 20) - 4;

  private static final RawReply NOTHING = RawReply.of("$-1\r\n");

  /** Sizes of collections: packed in a record, and in rows. */
  private static final int[] SIZES = {2, 600};

  /** Each costs as much as hundreds of the others. */
  private static final int WRITES_FOR_EACH_RECREATION = 50;

  private static final String RECREATE = """
      redis.call('DEL', KEYS[1], KEYS[2])
      for i = 1, tonumber(ARGV[2]) do
        redis.call('RPUSH', KEYS[1], ARGV[1])
        redis.call('HSET', KEYS[2], i, ARGV[1])
      end""";

  private static final String LOOK = """
      return {redis.call('LLEN', KEYS[1]), redis.call('LINDEX', KEYS[1], 0),
              redis.call('LINDEX', KEYS[1], -1), redis.call('HLEN', KEYS[2]),
              redis.call('HGET', KEYS[2], 1)}""";

  private final String name;
  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();
  private final Command register;
  private final Command counter;
  private final Command log;
  private final Command mark;
  private final Command group;
  private final Command groupOrNothing;
  private final Command expiry;
  private final Command wanderer;
  private final Command collections;
  private long step = 1_000_000;
  private long count;
  private long logBytes;
  private boolean groupExists;
  private String wandererAt = "";

  Workload(String name, long seed) {
    this.name = name;
    this.random = new SplittableRandom(seed);
    this.register = open(NOTHING, "GET", key("register"));
    this.counter = open(NOTHING, "GET", key("counter"));
    this.log = open(RawReply.integer(0), "STRLEN", key("log"));
    this.mark = open(RawReply.bulk(""), "GETRANGE", key("big"), ACROSS_CHUNKS, ACROSS_CHUNKS + 7);
    this.group = open(three(NOTHING), "MGET", key("g1"), key("g2"), key("g3"));
    this.groupOrNothing = open(three(NOTHING), "MGET", key("n1"), key("n2"), key("n3"));
    this.expiry = open(RawReply.integer(-2), "PEXPIRETIME", key("mortal"));
    this.collections = open(
        RawReply.of("*5\r\n:0\r\n$-1\r\n$-1\r\n:0\r\n$-1\r\n"),
        "EVAL",
        LOOK,
        2,
        key("list"),
        key("hash"));
    this.wanderer = open(two(NOTHING, NOTHING), "MGET", key("here"), key("there"));
  }

  Ledger ledger() {
    return ledger;
  }

  Write next() {
    step++;
    if (random.nextInt(WRITES_FOR_EACH_RECREATION) == 0) {
      return recreateCollections();
    }
    return switch (random.nextInt(9)) {
      case 0 -> setOrDelete();
      case 1, 2 -> write(counter, RawReply.bulk("" + ++count), "INCR", key("counter"));
      case 3 -> append();
      case 4 ->
        write(mark, RawReply.bulk(step + "_"), "SETRANGE", key("big"), ACROSS_CHUNKS, step + "_");
      case 5 -> setGroup();
      case 6 -> createOrDeleteGroup();
      case 7 -> setExpiry();
      default -> wander();
    };
  }

  private Write setOrDelete() {
    if (random.nextInt(4) == 0) {
      return write(register, NOTHING, "DEL", key("register"));
    }
    String value = step + "v".repeat(random.nextInt(2000));
    return write(register, RawReply.bulk(value), "SET", key("register"), value);
  }

  private Write append() {
    logBytes += 5;
    return write(log, RawReply.integer(logBytes), "APPEND", key("log"), "entry");
  }

  private Write setGroup() {
    return write(
        group,
        three(RawReply.bulk("" + step)),
        "MSET",
        key("g1"),
        step,
        key("g2"),
        step,
        key("g3"),
        step);
  }

  private Write createOrDeleteGroup() {
    groupExists = !groupExists;
    return groupExists
        ? write(
            groupOrNothing,
            three(RawReply.bulk("" + step)),
            "MSETNX",
            key("n1"),
            step,
            key("n2"),
            step,
            key("n3"),
            step)
        : write(groupOrNothing, three(NOTHING), "DEL", key("n1"), key("n2"), key("n3"));
  }

  private Write setExpiry() {
    long deadline = 5_000_000_000_000L + step;
    return write(expiry, RawReply.integer(deadline), "SET", key("mortal"), "x", "PXAT", deadline);
  }

  /**
   * A script that drops two collections and makes them anew: never both generations, never a part
   * of one.
   */
  private Write recreateCollections() {
    int size = SIZES[random.nextInt(SIZES.length)];
    String mark = text(RawReply.bulk("" + step).bytes());
    return write(
        collections,
        RawReply.of("*5\r\n:" + size + "\r\n" + mark + mark + ":" + size + "\r\n" + mark),
        "EVAL",
        RECREATE,
        2,
        key("list"),
        key("hash"),
        step,
        size);
  }

  /** RENAME between two names: never at both, never at none. */
  private Write wander() {
    String from = wandererAt;
    wandererAt = from.equals("here") ? "there" : "here";
    RawReply value = RawReply.bulk("w");
    RawReply afterwards = wandererAt.equals("here") ? two(value, NOTHING) : two(NOTHING, value);
    return from.isEmpty()
        ? write(wanderer, afterwards, "SET", key("here"), "w")
        : write(wanderer, afterwards, "RENAME", key(from), key(wandererAt));
  }

  private String key(String part) {
    return name + ":" + part;
  }

  /** A question about data that is not there yet, and its answer until then. */
  private Command open(RawReply answer, Object... question) {
    Command asked = Command.of(question);
    ledger.open(asked, answer);
    return asked;
  }

  private static Write write(Command question, RawReply afterwards, Object... command) {
    return new Write(Command.of(command), question, afterwards);
  }

  private static RawReply two(RawReply first, RawReply second) {
    return RawReply.of("*2\r\n" + text(first.bytes()) + text(second.bytes()));
  }

  private static RawReply three(RawReply each) {
    return RawReply.of("*3\r\n" + text(each.bytes()).repeat(3));
  }
}
