package pika.server.commands;

import static java.util.Objects.requireNonNull;
import static pika.server.command.AclCategory.DANGEROUS;
import static pika.server.command.AclCategory.KEYSPACE;
import static pika.server.command.Group.GENERIC;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.Keys.atOrListed;
import static pika.server.command.Row.write;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.client.Batch;
import pika.net.client.Client;
import pika.net.client.ClientOptions;
import pika.net.resp.ErrorReply;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.storage.TypeLimits;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.rdb.Dumps;

/**
 * MIGRATE: restores keys on another server, and removes those it has acknowledged. The keys stay
 * locked meanwhile, for as long as the other server responds within the timeout. If the step is
 * rolled back and run again, the keys already sent exist there and are reported as such; nothing is
 * lost.
 */
final class MigrateCommand implements Family {
  private static final Logger LOG = LoggerFactory.getLogger(MigrateCommand.class);

  private static final long DEFAULT_TIMEOUT_MS = 1000;
  private static final int MAX_PORT = 0xFFFF;

  /** Keys and bytes in flight at a time. */
  private static final int PORTION_KEYS = 64;

  private static final long PORTION_BYTES = 1 << 20;

  private static final byte[] RESTORE = Args.bytes("RESTORE");
  private static final byte[] REPLACE = Args.bytes("REPLACE");

  private final Supplier<TypeLimits> limits;

  MigrateCommand(Supplier<TypeLimits> limits) {
    this.limits = limits;
  }

  @Override
  public List<Row> commands() {
    return List.of(write("migrate", -6, atOrListed(3, RW, ACCESS, DELETE))
        .is(
            GENERIC,
            "2.6.0",
            "O(N) where N is the size of the values, which go over the network",
            "Transfers keys to another server and deletes them here.",
            "host port:integer key destination-db:integer timeout:integer [COPY] [REPLACE]"
                + " [AUTH password|AUTH2 (username password)] [KEYS key...]")
        .categories(KEYSPACE, DANGEROUS)
        .tips("nondeterministic_output")
        .slow()
        .event("del")
        .looksUp()
        .redacted(Redaction::ofMigrate)
        .runs(this::migrate));
  }

  private Reply migrate(Call call) {
    Order order = Order.parse(call);
    List<byte[]> keys = new ArrayList<>();
    Set<ByteBuffer> named = new HashSet<>();
    for (byte[] key : order.keys) {
      if (named.add(ByteBuffer.wrap(key)) && call.keyspace().header(key) != null) {
        keys.add(key);
      }
    }
    if (keys.isEmpty()) {
      return Reply.simple("NOKEY");
    }
    Client target;
    try {
      target = connect(call, order.timeoutMs);
    } catch (IOException e) {
      // Redis notices a refused connection only when it writes.
      boolean refused = e.getCause() instanceof ConnectException;
      return failed(refused ? "writing to target instance" : "connecting to the client", e);
    }
    try (target) {
      return move(call, order, keys, target);
    } catch (IOException e) {
      return failed("reading to target instance", e);
    }
  }

  private static Client connect(Call call, long timeoutMs) throws IOException {
    String port = call.textArg(2);
    int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : -1;
    if (number < 0 || number > MAX_PORT) {
      throw new IOException("invalid port " + port);
    }
    ClientOptions options =
        ClientOptions.DEFAULT.connectTimeoutMs(timeoutMs).replyTimeoutMs(timeoutMs);
    return Client.connect(new InetSocketAddress(call.textArg(1), number), options);
  }

  private static Reply failed(String at, IOException e) {
    if (e instanceof InterruptedIOException) {
      Thread.currentThread().interrupt();
    }
    LOG.debug("MIGRATE", e);
    return Reply.error("IOERR error or timeout " + at);
  }

  private Reply move(Call call, Order order, List<byte[]> keys, Client target) throws IOException {
    Batch batch = target.batch();
    if (!order.login.isEmpty()) {
      batch.add(order.login.toArray(new byte[0][]));
    }
    batch.add(Args.bytes("SELECT"), Args.bytes(Long.toString(order.database)));
    // Before anything is sent that might go to the wrong place.
    ErrorReply error = firstError(batch.replies());
    int done = 0;
    while (done < keys.size() && (error == null || done > 0)) {
      int end = send(call, order, keys, done, batch);
      List<Reply> replies = batch.replies();
      error = error == null ? firstError(replies) : error;
      for (int i = done; !order.copy && i < end; i++) {
        if (!(replies.get(i - done) instanceof ErrorReply)) {
          call.keyspace().delete(keys.get(i));
        }
      }
      done = end;
    }
    // Returned, not thrown, so that what was moved stays moved.
    return error == null
        ? Reply.OK
        : Reply.error("ERR Target instance replied with error: " + error.text());
  }

  /** Sends the keys from {@code first} on; returns the first one not sent yet. */
  private int send(Call call, Order order, List<byte[]> keys, int first, Batch batch)
      throws IOException {
    Keyspace keyspace = call.keyspace();
    Dumps dumps = new Dumps(keyspace, limits.get());
    long bytes = 0;
    int next = first;
    while (next < keys.size() && next - first < PORTION_KEYS && bytes < PORTION_BYTES) {
      byte[] key = keys.get(next++);
      byte[] value = requireNonNull(dumps.dump(key)).toByteArray();
      byte[] ttl =
          Args.bytes(Long.toString(ttlMs(requireNonNull(keyspace.header(key)), call.nowMs())));
      if (order.replace) {
        batch.add(RESTORE, key, ttl, value, REPLACE);
      } else {
        batch.add(RESTORE, key, ttl, value);
      }
      bytes += value.length;
    }
    return next;
  }

  private static long ttlMs(KeyRecord record, long nowMs) {
    return record.expireAtMs() == KeyRecord.NEVER ? 0 : Math.max(1, record.expireAtMs() - nowMs);
  }

  private static @Nullable ErrorReply firstError(List<Reply> replies) {
    for (Reply reply : replies) {
      if (reply instanceof ErrorReply error) {
        return error;
      }
    }
    return null;
  }

  /**
   * The arguments.
   *
   * @param login the command that logs in; empty if not needed
   */
  private record Order(
      List<byte[]> keys,
      long database,
      long timeoutMs,
      boolean copy,
      boolean replace,
      List<byte[]> login) {
    static Order parse(Call call) {
      boolean copy = false;
      boolean replace = false;
      List<byte[]> login = List.of();
      List<byte[]> keys = List.of(call.arg(3));
      Options options = call.optionsFrom(6);
      while (options.hasNext()) {
        if (options.take("COPY")) {
          copy = true;
        } else if (options.take("REPLACE")) {
          replace = true;
        } else if (options.takeWithValue("AUTH")) {
          login = List.of(Args.bytes("AUTH"), options.next());
        } else if (options.remaining() > 2 && options.take("AUTH2")) {
          login = List.of(Args.bytes("AUTH"), options.next(), options.next());
        } else if (options.take("KEYS")) {
          if (call.arg(3).length > 0) {
            throw new CommandException("ERR When using MIGRATE KEYS option, the key argument must"
                + " be set to the empty string");
          }
          keys = call.argsFrom(call.argCount() - options.remaining());
          break;
        } else {
          throw CommandException.syntax();
        }
      }
      long timeoutMs = call.longArg(5);
      long database = call.longArg(4);
      return new Order(
          keys, database, timeoutMs <= 0 ? DEFAULT_TIMEOUT_MS : timeoutMs, copy, replace, login);
    }
  }
}
