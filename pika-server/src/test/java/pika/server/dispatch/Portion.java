package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.server.session.Session;
import pika.storage.rocks.StorageException;

/**
 * Consecutive requests of one connection being executed, and their replies until delivery. Confined
 * to one thread at a time.
 */
final class Portion {
  private final Session session;
  private final List<Request> requests;
  private final List<Reply> replies;
  private int committed;

  /** Creates a portion of at least one request. */
  Portion(Session session, List<Request> requests) {
    this.session = session;
    this.requests = requests;
    this.replies = new ArrayList<>(requests.size());
  }

  boolean isDone() {
    return replies.size() == requests.size();
  }

  /** Prefetches what the requests will need. */
  void prefetch(CommandRunner runner) {
    if (requests.size() > 1) {
      runner.prefetch(session, requests);
    }
  }

  void executeNext(CommandRunner runner) {
    replies.add(runner.run(session, requests.get(replies.size())));
  }

  /** Marks what has been executed so far as committed. */
  void committed() {
    committed = replies.size();
  }

  /** Marks what has been executed since the last commit as lost. */
  void failed(Services services, StorageException failure) {
    for (int i = committed; i < replies.size(); i++) {
      replies.set(i, services.failures().afterCommit(requests.get(i), replies.get(i), failure));
    }
    committed();
  }

  /** Passes all replies to the connection at once. */
  void deliver() {
    long first = requests.get(0).sequence();
    if (replies.size() == 1) {
      session.connection().reply(first, replies.get(0));
    } else {
      session.connection().replies(first, replies);
    }
  }
}
