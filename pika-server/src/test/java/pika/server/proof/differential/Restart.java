package pika.server.proof.differential;

import java.io.IOException;

/** The server under test ends and comes back with its data; both connections are new. */
record Restart(Arena.Ending ending) implements Step {
  @Override
  public void play(Arena arena) throws IOException {
    arena.restartSubject(ending);
  }

  @Override
  public String toString() {
    return "-- restart after " + ending;
  }
}
