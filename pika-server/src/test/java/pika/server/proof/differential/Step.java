package pika.server.proof.differential;

import java.io.IOException;

/** One thing done to both servers. Its text is what a failure report shows. */
interface Step {
  /** Throws when the two answer differently. */
  void play(Arena arena) throws IOException, Disagreement;
}
