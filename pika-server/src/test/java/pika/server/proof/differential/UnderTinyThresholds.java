package pika.server.proof.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/**
 * A few commands while collections become large with a handful of elements; then the thresholds are
 * what they were. What has become large stays so, and meets the rest of the story in that form.
 * Where a story is told under thresholds of its own, they stay.
 *
 * @param settings names and values in turn; a server that doesn't know a name does without
 */
record UnderTinyThresholds(List<String> settings, List<Step> steps) implements Step {
  private static final int MOST_COMMANDS = 4;

  static UnderTinyThresholds draw(Dice dice, List<String> settings, Function<Dice, Draft> recipe) {
    List<Step> steps = new ArrayList<>();
    for (int i = dice.between(1, MOST_COMMANDS); i > 0; i--) {
      steps.add(new Ask(recipe.apply(dice).command(), Agreement.EXACT));
    }
    return new UnderTinyThresholds(settings, steps);
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    if (!arena.thresholds().mayChange()) {
      playSteps(arena);
      return;
    }
    Duo duo = arena.duo();
    List<String> before = valuesBefore(duo.oracle());
    List<String> oursBefore = valuesBefore(duo.subject());
    set(duo.oracle(), settings);
    set(duo.subject(), settings);
    try {
      playSteps(arena);
    } finally {
      set(duo.oracle(), before);
      set(duo.subject(), oursBefore);
    }
  }

  private void playSteps(Arena arena) throws IOException, Disagreement {
    for (Step step : steps) {
      step.play(arena);
    }
  }

  private List<String> valuesBefore(Wire wire) throws IOException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < settings.size(); i += 2) {
      List<RawReply> known = wire.ask("CONFIG", "GET", settings.get(i)).elements();
      if (known.size() == 2) {
        values.add(settings.get(i));
        values.add(known.get(1).text());
      }
    }
    return values;
  }

  private static void set(Wire wire, List<String> values) throws IOException {
    for (int i = 0; i < values.size(); i += 2) {
      wire.ask("CONFIG", "SET", values.get(i), values.get(i + 1));
    }
  }

  @Override
  public String toString() {
    return steps.stream()
        .map(step -> step + "   (under " + String.join(" ", settings) + ")")
        .collect(Collectors.joining("\n"));
  }
}
