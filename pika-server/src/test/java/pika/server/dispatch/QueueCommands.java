package pika.server.dispatch;

import static pika.server.command.Flag.BLOCKING;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.Row.command;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.Family;
import pika.server.command.Group;
import pika.server.command.Keys;
import pika.server.command.Row;
import pika.server.command.Wait;
import pika.server.session.ClientPause;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;

/** Queues of single characters, stored as strings: the smallest thing that clients can wait for. */
final class QueueCommands implements Family {
  private final ClientPause pause;
  private final Semaphore stall;

  /** Creates the family; each permit of {@code stall} lets one "stall" command end. */
  QueueCommands(ClientPause pause, Semaphore stall) {
    this.pause = pause;
    this.stall = stall;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        row(write("push", 3, Keys.first(RW, INSERT))).runs(this::push),
        row(write("take", -3, Keys.range(1, -2, 1, RW, DELETE), BLOCKING)).runs(this::take),
        row(write("takeonpool", -3, Keys.range(1, -2, 1, RW, DELETE), BLOCKING))
            .onPool()
            .runs(this::take),
        row(write("takeslowly", -3, Keys.range(1, -2, 1, RW, DELETE), BLOCKING))
            .slow()
            .runs(this::take),
        row(write("forward", 4, Keys.first(RW, DELETE).and(Keys.second(RW, INSERT)), BLOCKING))
            .runs(this::forward),
        row(read("watch", 4, Keys.first(RO), BLOCKING)).runs(this::watch),
        row(read("length", 2, Keys.first(RO)))
            .runs(call -> Reply.integer(text(call.keyspace(), call.arg(1)).length())),
        row(write("other", 2, Keys.first(OW, INSERT))).runs(this::other),
        row(write("drop", 2, Keys.first(RW, DELETE))).runs(this::drop),
        row(write("empty", 1, Keys.NONE)).onPool().runs(this::empty),
        row(write("swap", 3, Keys.NONE)).onPool().runs(this::swap),
        row(write("pushslowly", 3, Keys.first(RW, INSERT))).slow().runs(this::push),
        row(command("stall", 1)).slow().runs(this::stall),
        row(write("hold", 2, Keys.first(RW, INSERT))).slow().runs(this::stall),
        row(command("leaveslowly", 1)).slow().runs(this::leave),
        row(command("break", 1)).runs(QueueCommands::breakDown),
        row(command("breakonpool", 1)).onPool().runs(QueueCommands::breakDown),
        row(command("pause", 1)).runs(this::pause),
        row(command("database", 2)).runs(this::database),
        row(command("ping", 1)).runs(call -> Reply.simple("PONG")));
  }

  private static Row row(Row row) {
    return row.is(Group.GENERIC, "1.0.0", "O(1)", "Does something with a queue.", "");
  }

  private Reply push(Call call) {
    String longer = text(call.keyspace(), call.arg(1)) + call.textArg(2);
    put(call.keyspace(), call.arg(1), longer);
    return Reply.integer(longer.length());
  }

  private Reply take(Call call) {
    int last = call.argCount() - 1;
    List<byte[]> keys = Arrays.asList(call.args()).subList(1, last);
    for (byte[] key : keys) {
      String taken = takeFirst(call.keyspace(), key);
      if (taken != null) {
        return Reply.array(Reply.bulk(key), Reply.bulk(taken));
      }
    }
    return call.block(Wait.until(DataType.STRING, keys, call.longArg(last), Reply.NULL_ARRAY));
  }

  private Reply forward(Call call) {
    String taken = takeFirst(call.keyspace(), call.arg(1));
    if (taken == null) {
      List<byte[]> keys = List.of(call.arg(1));
      return call.block(Wait.until(DataType.STRING, keys, call.longArg(3), Reply.NULL));
    }
    put(call.keyspace(), call.arg(2), text(call.keyspace(), call.arg(2)) + taken);
    return Reply.bulk(taken);
  }

  /** Waits until a queue is longer than a number, or than it is now ($), or gone. */
  private Reply watch(Call call) {
    KeyRecord record = call.keyspace().get(call.arg(1));
    int present = record == null ? 0 : record.payloadLength();
    if (record == null && !call.argIs(2, "$")) {
      return Reply.error("GONE");
    }
    int length = call.argIs(2, "$") ? present : call.intArg(2);
    if (present > length) {
      return Reply.integer(present);
    }
    byte[] resolved = Integer.toString(length).getBytes(StandardCharsets.US_ASCII);
    return call.block(Wait.until(DataType.STRING, List.of(call.arg(1)), call.longArg(3), Reply.NULL)
        .when((index, now) -> now.payloadLength() > length)
        .orGone()
        .retriedAs(key -> new byte[][] {call.arg(0), key, resolved, call.arg(3)}));
  }

  private Reply other(Call call) {
    call.keyspace()
        .put(call.arg(1), KeyRecord.of(DataType.HASH, 0, KeyRecord.NEVER, new byte[] {1}));
    return Reply.OK;
  }

  private Reply drop(Call call) {
    return Reply.bool(call.keyspace().delete(call.arg(1)));
  }

  private Reply empty(Call call) {
    call.keyspace().flush();
    return Reply.OK;
  }

  private Reply swap(Call call) {
    call.keyspace().sibling(call.intArg(1)).swap(call.intArg(2));
    return Reply.OK;
  }

  private Reply stall(Call call) {
    stall.acquireUninterruptibly();
    return Reply.OK;
  }

  private Reply leave(Call call) {
    call.session().closeAfterCommand();
    return Reply.OK;
  }

  private static Reply breakDown(Call call) {
    throw new LinkageError("no such class");
  }

  private Reply pause(Call call) {
    pause.pause(ClientPause.Mode.WRITE, System.currentTimeMillis() + 60_000);
    return Reply.OK;
  }

  private Reply database(Call call) {
    call.session().db(call.intArg(1));
    return Reply.OK;
  }

  private static @Nullable String takeFirst(Keyspace keyspace, byte[] key) {
    String text = text(keyspace, key);
    if (text.isEmpty()) {
      return null;
    }
    put(keyspace, key, text.substring(1));
    return text.substring(0, 1);
  }

  private static String text(Keyspace keyspace, byte[] key) {
    KeyRecord record = keyspace.get(key, DataType.STRING);
    return record == null ? "" : new String(record.payload(), StandardCharsets.ISO_8859_1);
  }

  private static void put(Keyspace keyspace, byte[] key, String text) {
    if (text.isEmpty()) {
      keyspace.delete(key);
    } else {
      byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
      keyspace.put(key, KeyRecord.of(DataType.STRING, 0, KeyRecord.NEVER, payload));
    }
  }
}
