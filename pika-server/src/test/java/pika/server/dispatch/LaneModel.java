package pika.server.dispatch;

import java.util.List;
import pika.net.resp.Request;
import pika.net.server.Connection;
import pika.net.server.Registration;
import pika.server.session.Lane;
import pika.server.session.Session;
import pika.server.session.Sessions;

/**
 * Each connection has at most one task on the pool; what arrives meanwhile waits. Lanes are
 * confined to their loops.
 */
final class LaneModel extends PooledModel {
  /** How many of a connection's waiting requests one task takes. */
  enum Share {
    ONE_COMMAND,
    ALL_THERE_IS
  }

  /** Which commands of a task share a commit. */
  enum Commit {
    EACH_COMMAND(1),
    WHOLE_TASK(PortionTask.COMMANDS_PER_COMMIT);

    private final int commands;

    Commit(int commands) {
      this.commands = commands;
    }
  }

  /** What happens to the socket while a task runs. */
  enum Socket {
    STAYS_REGISTERED,
    IS_TAKEN_OUT
  }

  private final Share share;
  private final Commit commit;
  private final Socket socket;

  LaneModel(
      Services services,
      Sessions sessions,
      int threads,
      Share share,
      Commit commit,
      Socket socket) {
    super(services, sessions, threads);
    this.share = share;
    this.commit = commit;
    this.socket = socket;
  }

  @Override
  public void received(Connection connection, List<Request> requests) {
    Lane lane = Session.of(connection).lane();
    lane.add(requests);
    if (!lane.isTaken()) {
      begin(lane);
    }
  }

  private void begin(Lane lane) {
    lane.taken(true);
    Connection connection = lane.session().connection();
    if (socket == Socket.IS_TAKEN_OUT) {
      Registration.suspend(connection);
    }
    List<Portion> portions = List.of(new Portion(lane.session(), take(lane)));
    execute(connection.loop(), portions, commit.commands, () -> end(lane));
  }

  private void end(Lane lane) {
    lane.taken(false);
    if (socket == Socket.IS_TAKEN_OUT) {
      Registration.resume(lane.session().connection());
    }
    if (lane.next() != null) {
      begin(lane);
    }
  }

  private List<Request> take(Lane lane) {
    List<Request> all = lane.takeAll();
    if (share == Share.ALL_THERE_IS || all.size() == 1) {
      return all;
    }
    lane.giveBack(all.subList(1, all.size()));
    return all.subList(0, 1);
  }
}
