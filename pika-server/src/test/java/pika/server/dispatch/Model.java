package pika.server.dispatch;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import pika.server.dispatch.LaneModel.Commit;
import pika.server.dispatch.LaneModel.Share;
import pika.server.dispatch.LaneModel.Socket;

/** The thread models compared in {@code docs/adr/0002-loop-pass.md}. */
public enum Model {
  /** One command per pool task, with the socket deregistered meanwhile. */
  DEREGISTERED(lane(Share.ONE_COMMAND, Commit.EACH_COMMAND, Socket.IS_TAKEN_OUT)),
  /**
   * The same with all commands of a read in one task, each with its own commit: Pika's pipelines.
   */
  DEREGISTERED_READ(lane(Share.ALL_THERE_IS, Commit.EACH_COMMAND, Socket.IS_TAKEN_OUT)),
  /**
   * One command per pool task; the socket stays registered, and the reply queue keeps the order.
   */
  TASK((services, sessions, fast, slow) -> new TaskModel(services, sessions, fast)),
  /** Everything one connection has sent as one pool task, in one unit of work. */
  BURST(lane(Share.ALL_THERE_IS, Commit.WHOLE_TASK, Socket.STAYS_REGISTERED)),
  /** Everything one pass of a loop has read as one pool task, in one unit of work. */
  PASS_POOL((services, sessions, fast, slow) -> new PassPoolModel(services, sessions, fast)),
  /** The same on the loop itself: the server's own model. */
  PASS_LOOP(Dispatcher::new),
  /** Each command on the loop, with its own commit. */
  INLINE((services, sessions, fast, slow) -> new InlineModel(services, sessions, fast));

  private final ThreadModel.Factory factory;

  Model(ThreadModel.Factory factory) {
    this.factory = factory;
  }

  private static ThreadModel.Factory lane(Share share, Commit commit, Socket socket) {
    return (services, sessions, fast, slow) ->
        new LaneModel(services, sessions, fast, share, commit, socket);
  }

  /** Returns the model with this name, for example {@code pass-loop}. */
  public static Model named(String name) {
    return Arrays.stream(values())
        .filter(model -> model.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no thread model " + name + "; there are "
            + Arrays.stream(values()).map(Model::toString).collect(Collectors.joining(", "))));
  }

  public ThreadModel.Factory factory() {
    return factory;
  }

  /** Returns the name used on the command line and in tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
