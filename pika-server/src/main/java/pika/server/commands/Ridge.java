package pika.server.commands;

import java.util.random.RandomGenerator;

/** The art of LOLWUT: a skyline of the mountains where pikas live. */
final class Ridge {
  private static final int WIDTH = 64;
  private static final int ROWS = 6;
  private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
  private static final int STEPS = BLOCKS.length() - 1;
  private static final double ROUGHNESS = 0.55;

  private Ridge() {}

  static String draw(RandomGenerator random) {
    double[] heights = new double[WIDTH + 1];
    heights[0] = random.nextDouble();
    heights[WIDTH] = random.nextDouble();
    displace(heights, 0, WIDTH, 1, random);
    StringBuilder picture = new StringBuilder();
    for (int row = ROWS - 1; row >= 0; row--) {
      for (int x = 0; x < WIDTH; x++) {
        int steps = (int) Math.round(heights[x] * ROWS * STEPS) - row * STEPS;
        picture.append(BLOCKS.charAt(Math.max(0, Math.min(STEPS, steps))));
      }
      picture.append('\n');
    }
    return picture.toString();
  }

  // Midpoint displacement: each half is a smaller, smoother range of its own.
  private static void displace(
      double[] heights, int left, int right, double range, RandomGenerator random) {
    int middle = (left + right) / 2;
    if (middle == left) {
      return;
    }
    double between = (heights[left] + heights[right]) / 2;
    double height = between + (random.nextDouble() - 0.5) * range;
    heights[middle] = Math.max(0, Math.min(1, height));
    displace(heights, left, middle, range * ROUGHNESS, random);
    displace(heights, middle, right, range * ROUGHNESS, random);
  }
}
