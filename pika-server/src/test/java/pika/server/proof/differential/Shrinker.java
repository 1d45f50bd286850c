package pika.server.proof.differential;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.proof.Command;

/**
 * Makes a failing story short: plays it again with steps left out, and keeps what still fails.
 * First only the steps that share a key with the failing one, then by halves, quarters and so on
 * (delta debugging after Zeller). Bounded in time; what it has by then is shown.
 */
final class Shrinker {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Player player;
  private final long deadline = System.nanoTime() + LIMIT.toNanos();

  Shrinker(Player player) {
    this.player = player;
  }

  /** The shortest story found that still fails; at worst the story up to its failing step. */
  Story shrink(Story story, Player.Failure failure) throws IOException {
    player.hurry();
    Story cut = story.withSteps(story.steps().subList(0, failure.step() + 1));
    Story alone = cut.withSteps(cut.steps().subList(failure.step(), failure.step() + 1));
    if (fails(alone)) {
      return alone;
    }
    Story related = cut.withSteps(related(cut.steps(), failure.command()));
    Story shortest = fails(related) ? related : cut;
    int chunk = Math.max(1, shortest.steps().size() / 2);
    while (chunk >= 1 && System.nanoTime() < deadline) {
      Story shorter = withoutChunks(shortest, chunk);
      boolean stuck = shorter.steps().size() == shortest.steps().size();
      chunk = stuck ? chunk / 2 : Math.min(chunk, Math.max(1, shorter.steps().size() / 2));
      shortest = shorter;
    }
    return shortest;
  }

  private Story withoutChunks(Story story, int chunk) throws IOException {
    Story shortest = story;
    int start = 0;
    while (start < shortest.steps().size() - 1 && System.nanoTime() < deadline) {
      List<Step> rest = new ArrayList<>(shortest.steps());
      int end = Math.min(start + chunk, rest.size() - 1);
      rest.subList(start, end).clear();
      Story candidate = shortest.withSteps(rest);
      if (fails(candidate)) {
        shortest = candidate;
      } else {
        start = end;
      }
    }
    return shortest;
  }

  private boolean fails(Story story) throws IOException {
    return player.play(story).isPresent();
  }

  /** The last step, and before it whatever shares a key with it or moves whole databases. */
  private static List<Step> related(List<Step> steps, @Nullable Command command) {
    if (command == null) {
      return steps;
    }
    Step last = steps.get(steps.size() - 1);
    return steps.stream().filter(step -> step == last || matters(step, command)).toList();
  }

  private static boolean matters(Step step, Command command) {
    if (!(step instanceof Ask ask)) {
      return !(step instanceof CompareData);
    }
    return switch (ask.command().name()) {
      case "SELECT", "SWAPDB", "FLUSHDB", "FLUSHALL", "HELLO", "RESET" -> true;
      default -> ask.sharesKeyWith(command);
    };
  }
}
