package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Request;
import pika.net.server.Connection;
import pika.net.server.Loop;
import pika.server.session.Lane;
import pika.server.session.Session;
import pika.server.session.Sessions;

/**
 * Everything that one pass of a loop has received, from all connections, is one task on the pool. A
 * connection's later requests wait until its pass is done; those of other connections form the next
 * pass.
 */
final class PassPoolModel extends PooledModel {
  PassPoolModel(Services services, Sessions sessions, int threads) {
    super(services, sessions, threads);
  }

  @Override
  public void received(Connection connection, List<Request> requests) {
    Lane lane = Session.of(connection).lane();
    lane.add(requests);
    if (!lane.isTaken()) {
      pass(connection.loop()).add(lane);
    }
  }

  @Override
  public void passEnded(Loop loop) {
    pass(loop).handOver();
  }

  private Pass pass(Loop loop) {
    if (loop.attachment() instanceof Pass pass) {
      return pass;
    }
    Pass pass = new Pass(loop);
    loop.attach(pass);
    return pass;
  }

  /** The requests received since the last hand-over. Confined to the loop. */
  private final class Pass {
    private final Loop loop;
    private List<Lane> ready = new ArrayList<>();

    Pass(Loop loop) {
      this.loop = loop;
    }

    void add(Lane lane) {
      if (lane.queue()) {
        ready.add(lane);
      }
    }

    void handOver() {
      List<Lane> lanes = ready;
      ready = new ArrayList<>(lanes.size());
      List<Portion> portions = new ArrayList<>(lanes.size());
      for (Lane lane : lanes) {
        lane.dequeue();
        if (lane.next() != null) {
          lane.taken(true);
          portions.add(new Portion(lane.session(), lane.takeAll()));
        }
      }
      if (!portions.isEmpty()) {
        execute(loop, portions, PortionTask.COMMANDS_PER_COMMIT, () -> release(lanes));
      }
    }

    private void release(List<Lane> lanes) {
      for (Lane lane : lanes) {
        lane.taken(false);
        if (lane.next() != null) {
          add(lane);
        }
      }
      handOver();
    }
  }
}
