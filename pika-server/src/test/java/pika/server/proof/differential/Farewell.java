package pika.server.proof.differential;

import java.io.IOException;

/** QUIT: both say goodbye and close. The story goes on with new connections. */
record Farewell() implements Step {
  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    arena.duo().ask("QUIT");
    if (!arena.duo().isClosedByBoth()) {
      throw new Disagreement("> QUIT does not close the connection");
    }
    arena.reconnect();
  }

  @Override
  public String toString() {
    return "> QUIT   (and connect anew)";
  }
}
