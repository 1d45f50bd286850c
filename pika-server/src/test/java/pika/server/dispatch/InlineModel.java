package pika.server.dispatch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Request;
import pika.net.server.Connection;
import pika.net.server.Loop;
import pika.server.session.Lane;
import pika.server.session.Session;
import pika.server.session.Sessions;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;
import pika.storage.rocks.StorageException;

/**
 * Runs each command on the event loop as soon as it is read, with a commit of its own. What would
 * have to wait goes to the pool together with everything after it on its connection.
 */
final class InlineModel extends PooledModel {
  InlineModel(Services services, Sessions sessions, int threads) {
    super(services, sessions, threads);
  }

  @Override
  public void received(Connection connection, List<Request> requests) {
    Lane lane = Session.of(connection).lane();
    lane.add(requests);
    execute(lane);
  }

  private void execute(Lane lane) {
    CommandRunner runner = runner(lane.session().connection().loop());
    runner.tick();
    Request request;
    while (!lane.isTaken() && (request = lane.next()) != null) {
      try {
        lane.executed(runner.run(lane.session(), request));
      } catch (WouldBlock e) {
        // Releases locks taken before it turned out that more are needed.
        runner.unit().abandon();
        handOver(lane);
        return;
      }
      commit(lane, runner);
    }
  }

  private void commit(Lane lane, CommandRunner runner) {
    try {
      if (!runner.unit().tryCommit()) {
        commitOnPool(lane, runner.detachUnit());
        return;
      }
    } catch (StorageException e) {
      fail(lane, e);
    }
    lane.deliver();
  }

  private void commitOnPool(Lane lane, UnitOfWork unit) {
    lane.taken(true);
    Loop loop = lane.session().connection().loop();
    pool().executePlain(() -> {
      StorageException failure = commit(unit);
      loop.execute(() -> {
        if (failure != null) {
          fail(lane, failure);
        }
        lane.deliver();
        release(lane);
      });
    });
  }

  private static @Nullable StorageException commit(UnitOfWork unit) {
    try (unit) {
      unit.commit();
      return null;
    } catch (StorageException e) {
      return e;
    }
  }

  private void fail(Lane lane, StorageException failure) {
    lane.replaceReplies(
        (request, reply) -> services().failures().afterCommit(request, reply, failure));
  }

  private void handOver(Lane lane) {
    lane.taken(true);
    List<Portion> portions = List.of(new Portion(lane.session(), lane.takeAll()));
    execute(lane.session().connection().loop(), portions, 1, () -> release(lane));
  }

  private void release(Lane lane) {
    lane.taken(false);
    execute(lane);
  }

  private CommandRunner runner(Loop loop) {
    if (loop.attachment() instanceof CommandRunner runner) {
      return runner;
    }
    // Between commands nothing is uncommitted: the runner never has to commit early.
    CommandRunner runner = new CommandRunner(services(), ThreadKind.LOOP, () -> {});
    loop.attach(runner);
    return runner;
  }
}
