package pika.net.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import pika.net.resp.Reply;
import pika.net.resp.Request;

/**
 * The smallest server there is: GET and SET on a map per loop, PING, and OK to everything else. For
 * measuring what the network layer costs by itself: {@code EchoServer [port] [loops]}, then
 * redis-benchmark.
 */
final class EchoServer implements RequestListener {

  private static final class Lane {
    final List<Request> requests = new ArrayList<>();
    final Connection connection;

    Lane(Connection connection) {
      this.connection = connection;
    }
  }

  private final Map<String, byte[]> values = new HashMap<>();

  public static void main(String[] args) throws Exception {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 6379;
    int loops = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    NetServer server =
        new NetServer(NetOptions.builder().port(port).loops(loops).build(), new EchoServer());
    server.start();
    System.out.println("listening on " + server.addresses() + " with " + server.transportName());
  }

  @Override
  public void opened(Connection connection) {
    connection.session(new Lane(connection));
  }

  @Override
  public void received(Connection connection, List<Request> requests) {
    Lane lane = (Lane) Objects.requireNonNull(connection.session());
    lane.requests.addAll(requests);
    pass(connection.loop()).add(lane);
  }

  @Override
  public void passEnded(Loop loop) {
    List<Lane> pass = pass(loop);
    for (Lane lane : pass) {
      for (Request request : lane.requests) {
        lane.connection.reply(request.sequence(), answer(request));
      }
      lane.requests.clear();
    }
    pass.clear();
  }

  @Override
  public void closed(Connection connection) {}

  @SuppressWarnings("unchecked")
  private static List<Lane> pass(Loop loop) {
    List<Lane> pass = (List<Lane>) loop.attachment();
    if (pass == null) {
      pass = new ArrayList<>();
      loop.attach(pass);
    }
    return pass;
  }

  private Reply answer(Request request) {
    String name = text(request.arg(0)).toLowerCase(Locale.ROOT);
    return switch (name) {
      case "ping" -> Reply.simple("PONG");
      case "get" -> Reply.bulkOrNull(values.get(text(request.arg(1))));
      case "set" -> {
        values.put(text(request.arg(1)), request.arg(2));
        yield Reply.OK;
      }
      default -> Reply.OK;
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
