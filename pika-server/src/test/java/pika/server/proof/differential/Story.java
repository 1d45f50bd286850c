package pika.server.proof.differential;

import java.util.ArrayList;
import java.util.List;

/** The steps drawn for one seed. The same seed and length write the same story. */
record Story(long seed, List<Step> steps) {
  /** So that a pipeline is sometimes shorter, sometimes longer than what one read takes in. */
  private static final int LONGEST_PIPELINE = 200;

  /** How the commands of a story are sent. */
  enum Manner {
    ONE_BY_ONE,
    PIPELINED
  }

  /**
   * Random steps; in the middle the server under test ends and comes back, and there and at the end
   * all data of both servers is compared.
   */
  static Story write(long seed, int length, Menu menu) {
    Dice dice = new Dice(seed);
    Arena.Ending ending = seed % 2 == 0 ? Arena.Ending.SIGTERM : Arena.Ending.SIGKILL;
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      if (i == length / 2) {
        steps.add(new CompareData());
        steps.add(new Restart(ending));
        steps.add(new CompareData());
      }
      steps.add(menu.draw(dice));
    }
    steps.add(new CompareData());
    return new Story(seed, List.copyOf(steps));
  }

  Story withSteps(List<Step> others) {
    return new Story(seed, others);
  }

  /** The steps in the portions in which they are sent. */
  List<List<Step>> portions(Manner manner) {
    if (manner == Manner.ONE_BY_ONE) {
      return steps.stream().map(List::of).toList();
    }
    Dice dice = new Dice(seed);
    List<List<Step>> portions = new ArrayList<>();
    int start = 0;
    while (start < steps.size()) {
      int end = start + 1;
      int most = Math.min(steps.size(), start + 1 + dice.below(LONGEST_PIPELINE));
      while (isAsk(start) && end < most && isAsk(end)) {
        end++;
      }
      portions.add(steps.subList(start, end));
      start = end;
    }
    return portions;
  }

  private boolean isAsk(int i) {
    return steps.get(i) instanceof Ask;
  }
}
