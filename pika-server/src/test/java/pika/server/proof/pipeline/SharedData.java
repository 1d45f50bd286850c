package pika.server.proof.pipeline;

import static pika.server.proof.Notation.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/**
 * What all scripts read and none writes: values large enough to be slow, and keys enough to search.
 */
final class SharedData {
  static final String LARGE = "shared:large";
  static final String HUGE = "shared:huge";

  private static final int LARGE_BYTES = 1_000_000;
  private static final int HUGE_BYTES = 10_000_000;
  private static final int CROWD = 5000;

  private final byte[] largeValue = new byte[LARGE_BYTES];
  private final byte[] hugeValue = new byte[HUGE_BYTES];
  private final RawReply large;
  private final long bitCount;

  SharedData(long seed) {
    Random random = new Random(seed);
    random.nextBytes(largeValue);
    random.nextBytes(hugeValue);
    this.large = RawReply.bulk(text(largeValue));
    this.bitCount = BitSet.valueOf(hugeValue).cardinality();
  }

  void writeTo(Wire wire) throws IOException {
    wire.ask("SET", LARGE, largeValue);
    wire.ask("SET", HUGE, hugeValue);
    List<Object> crowd = new ArrayList<>(List.of("MSET"));
    for (int i = 0; i < CROWD; i++) {
      crowd.add("crowd:" + i);
      crowd.add(i);
    }
    wire.ask(crowd.toArray());
  }

  RawReply large() {
    return large;
  }

  long bitCount() {
    return bitCount;
  }
}
