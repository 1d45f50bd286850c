package pika.server.dispatch;

import java.util.List;
import pika.net.resp.Reply;
import pika.net.server.Connection;
import pika.net.server.Loop;
import pika.server.session.Session;
import pika.server.session.Sessions;

/**
 * Base of the models compared with {@link Dispatcher}: sessions and a pool. They implement what a
 * benchmark can notice; CLIENT PAUSE, QUIT and a separate pool for slow commands are left out.
 */
abstract class PooledModel implements ThreadModel {
  private final Services services;
  private final Sessions sessions;
  private final RunnerPool pool;

  PooledModel(Services services, Sessions sessions, int threads) {
    this.services = services;
    this.sessions = sessions;
    this.pool = new RunnerPool(services, threads);
  }

  @Override
  public final void opened(Connection connection) {
    sessions.open(connection);
    String refusal = services.admission().refusal(connection);
    if (refusal != null) {
      connection.push(Reply.error(refusal));
      connection.closeAfterReplies();
    }
  }

  @Override
  public void passEnded(Loop loop) {}

  @Override
  public void closed(Connection connection) {
    Session.of(connection).lane().clear();
    sessions.close(connection);
  }

  @Override
  public final void close() {
    pool.close();
  }

  final Services services() {
    return services;
  }

  final RunnerPool pool() {
    return pool;
  }

  /**
   * Executes portions of one loop on the pool, then delivers the replies and runs {@code then} on
   * the loop.
   */
  final void execute(Loop loop, List<Portion> portions, int commandsPerCommit, Runnable then) {
    pool.execute(new PortionTask(
        services,
        portions,
        commandsPerCommit,
        task -> loop.execute(() -> {
          task.deliver();
          then.run();
        })));
  }
}
