package pika.net.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.net.resp.RespWriter;
import pika.net.resp.StreamedReply;

/**
 * A minimal server, to test the network layer and to measure its cost in isolation:
 * {@code EchoServer [port] [loops]}, then redis-benchmark.
 *
 * <pre>
 *   PING | GET key | SET key value | ECHO text | HELLO 2|3 | QUIT
 *   BLOB bytes      a bulk string of that size
 *   COUNT n         an array of the numbers below n, generated while it is sent
 *   LATER text      the text, from a pool thread, at some later time
 *   HANG text       nothing until {@link #release}, then the text
 *   anything else   OK
 * </pre>
 */
final class EchoServer implements RequestListener {

  private static final int POOL_THREADS = 4;

  private record Pending(Connection connection, List<Request> requests) {}

  /** A request that waits for {@link #release}. */
  record Hanging(Connection connection, Request request) {}

  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger inputsEnded = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger received = new AtomicInteger();
  final AtomicInteger passes = new AtomicInteger();
  /** The number of COUNT items written. */
  final AtomicLong counted = new AtomicLong();

  final Queue<Hanging> hanging = new ConcurrentLinkedQueue<>();

  private final Map<String, byte[]> values = new ConcurrentHashMap<>();
  private final ExecutorService pool = Executors.newFixedThreadPool(POOL_THREADS, task -> {
    Thread thread = new Thread(task, "echo-pool");
    thread.setDaemon(true);
    return thread;
  });

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
    opened.incrementAndGet();
  }

  @Override
  public void received(Connection connection, List<Request> requests) {
    received.addAndGet(requests.size());
    pass(connection.loop()).add(new Pending(connection, requests));
  }

  @Override
  public void passEnded(Loop loop) {
    passes.incrementAndGet();
    List<Pending> pass = pass(loop);
    for (Pending pending : pass) {
      for (Request request : pending.requests) {
        Reply reply = answer(pending.connection, request);
        if (reply != null) {
          pending.connection.reply(request.sequence(), reply);
        }
      }
    }
    pass.clear();
  }

  @Override
  public void inputEnded(Connection connection) {
    inputsEnded.incrementAndGet();
  }

  @Override
  public void closed(Connection connection) {
    closed.incrementAndGet();
  }

  /** Answers the longest hanging request; false if none hangs. */
  boolean release() {
    Hanging next = hanging.poll();
    if (next != null) {
      Reply text = Reply.bulk(next.request.arg(1));
      next.connection.reply(next.request.sequence(), text);
    }
    return next != null;
  }

  @SuppressWarnings("unchecked")
  private static List<Pending> pass(Loop loop) {
    if (loop.attachment() == null) {
      loop.attach(new ArrayList<Pending>());
    }
    return (List<Pending>) Objects.requireNonNull(loop.attachment());
  }

  private @Nullable Reply answer(Connection connection, Request request) {
    return switch (text(request.arg(0)).toLowerCase(Locale.ROOT)) {
      case "ping" -> Reply.simple("PONG");
      case "echo" -> Reply.bulk(request.arg(1));
      case "get" -> Reply.bulkOrNull(values.get(text(request.arg(1))));
      case "set" -> {
        values.put(text(request.arg(1)), request.arg(2));
        yield Reply.OK;
      }
      case "blob" -> Reply.bulk(new byte[Integer.parseInt(text(request.arg(1)))]);
      case "count" -> new Count(Long.parseLong(text(request.arg(1))));
      case "hello" -> {
        Protocol protocol = Protocol.values()[request.arg(1)[0] - '2'];
        yield Reply.protocol(protocol, Reply.map(List.of(Reply.bulk("proto"), Reply.NULL)));
      }
      case "later" -> {
        pool.execute(() -> connection.reply(request.sequence(), Reply.bulk(request.arg(1))));
        yield null;
      }
      case "hang" -> {
        hanging.add(new Hanging(connection, request));
        yield null;
      }
      case "quit" -> {
        connection.closeAfterReply(request.sequence());
        yield Reply.OK;
      }
      default -> Reply.OK;
    };
  }

  private final class Count implements StreamedReply {
    private static final int ITEMS_AT_ONCE = 1000;
    private final long end;

    Count(long end) {
      this.end = end;
    }

    @Override
    public void writeTo(RespWriter out) {
      out.error("ERR not as a part of another reply");
    }

    @Override
    public Parts begin() {
      AtomicLong next = new AtomicLong();
      return out -> {
        if (next.get() == 0) {
          out.arrayHeader(end);
        }
        for (int i = 0; i < ITEMS_AT_ONCE && next.get() < end; i++) {
          out.integer(next.getAndIncrement());
        }
        counted.set(next.get());
        return next.get() < end;
      };
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
