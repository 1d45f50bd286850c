package pika.server.proof.differential;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pika.server.proof.Command;

/** Plays stories in an arena until the two servers disagree. */
final class Player {
  private final Arena arena;
  private final Story.Manner manner;

  Player(Arena arena, Story.Manner manner) {
    this.arena = arena;
    this.manner = manner;
  }

  /** At which step the servers parted, how, and if one did it, over which command. */
  record Failure(int step, String what, @Nullable Command command) {}

  /** See {@link Arena#hurry}. */
  void hurry() {
    arena.hurry();
  }

  /** Plays on emptied servers; the first disagreement ends the story. */
  Optional<Failure> play(Story story) throws IOException {
    arena.clear();
    int at = 0;
    for (List<Step> portion : story.portions(manner)) {
      Optional<Failure> failure =
          portion.size() == 1 ? playOne(portion.get(0), at) : playPipeline(portion, at);
      if (failure.isPresent()) {
        return failure;
      }
      at += portion.size();
    }
    return Optional.empty();
  }

  private Optional<Failure> playOne(Step step, int at) {
    try {
      step.play(arena);
      return Optional.empty();
    } catch (Disagreement e) {
      return failure(at, e);
    } catch (IOException e) {
      return Optional.of(new Failure(at, step + "\n  no answer: " + e, null));
    }
  }

  private Optional<Failure> playPipeline(List<Step> portion, int start) {
    List<Ask> asks = portion.stream().map(Ask.class::cast).toList();
    List<Command> commands = asks.stream().map(Ask::command).toList();
    int at = start + portion.size() - 1;
    try {
      List<Duo.Answers> answers = arena.duo().askAll(commands);
      for (int i = 0; i < asks.size(); i++) {
        at = start + i;
        answers.get(i).compare(asks.get(i).command(), asks.get(i).agreement());
      }
      return Optional.empty();
    } catch (Disagreement e) {
      return failure(at, e);
    } catch (IOException e) {
      String what = "no answer within a pipeline of " + portion.size() + " commands: " + e;
      return Optional.of(new Failure(at, what, null));
    }
  }

  private static Optional<Failure> failure(int at, Disagreement e) {
    return Optional.of(new Failure(at, String.valueOf(e.getMessage()), e.command()));
  }
}
