package pika.tools.admin;

import java.io.IOException;
import java.time.Duration;
import pika.net.client.Client;

/** The running snapshot of a server, observed through INFO. */
record Snapshot(Client server) {

  private static final int POLL_MS = 100;

  /** @throws IOException if it fails or takes longer than {@code limit} */
  void await(Duration limit) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      String info = Answers.text(server.call("INFO", "persistence"));
      if (info.contains("rdb_bgsave_in_progress:0")) {
        if (info.contains("rdb_last_bgsave_status:ok")) {
          return;
        }
        throw new IOException("the snapshot failed; see the server's log for the cause");
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("the snapshot is not done after " + limit.toSeconds() + " s");
      }
      Thread.sleep(POLL_MS);
    }
  }
}
