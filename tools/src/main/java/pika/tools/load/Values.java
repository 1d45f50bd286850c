package pika.tools.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Incompressible values of one length, so that compression cannot make a data set smaller than it
 * claims to be. They are slices of one random block, which is cheaper than fresh bytes for each.
 */
public final class Values {

  private static final int BLOCK_BYTES = 1 << 20;

  private final SplittableRandom random;
  private final byte[] block;
  private final int valueBytes;

  public Values(int valueBytes, long seed) {
    this.valueBytes = valueBytes;
    this.random = new SplittableRandom(seed);
    this.block = new byte[BLOCK_BYTES + valueBytes];
    random.nextBytes(block);
  }

  public byte[] next() {
    int from = random.nextInt(BLOCK_BYTES);
    return Arrays.copyOfRange(block, from, from + valueBytes);
  }
}
