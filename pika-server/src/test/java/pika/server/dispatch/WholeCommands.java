package pika.server.dispatch;

import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.Family;
import pika.server.command.Group;
import pika.server.command.Keys;
import pika.server.command.Row;
import pika.storage.TypeLimits;
import pika.storage.hash.Hashes;
import pika.storage.key.WouldBlock;

/** Hashes that are read as a whole, by commands that say on which kind of thread they have run. */
final class WholeCommands implements Family {
  /** Where "alwayscold" has been tried. */
  final List<String> tries = new CopyOnWriteArrayList<>();

  @Override
  public List<Row> commands() {
    return List.of(
        row(row(write("fill", 3, Keys.first(RW, INSERT)))).runs(WholeCommands::fill),
        row(row(read("whole", 2, Keys.first(RO)))).slowIfLarge().runs(WholeCommands::whole),
        row(row(read("wholes", -2, Keys.all(RO)))).slowIfLarge().runs(WholeCommands::whole),
        row(row(read("alwayscold", 2, Keys.first(RO)))).slowIfLarge().runs(this::alwaysCold));
  }

  private static Row row(Row row) {
    return row.is(Group.GENERIC, "1.0.0", "O(N)", "Does something with a whole hash.", "");
  }

  private static Reply fill(Call call) {
    List<byte[]> fieldsAndValues = new ArrayList<>();
    for (int i = 0; i < call.intArg(2); i++) {
      fieldsAndValues.add(("field" + i).getBytes(StandardCharsets.US_ASCII));
      fieldsAndValues.add(("value" + i).getBytes(StandardCharsets.US_ASCII));
    }
    return Reply.integer(hashes(call).set(call.arg(1), fieldsAndValues));
  }

  private static Reply whole(Call call) {
    int[] fields = {0};
    for (byte[] key : call.argsFrom(1)) {
      hashes(call).forEach(key, (field, value) -> ++fields[0] > 0);
    }
    return Reply.simple(thread() + " " + fields[0]);
  }

  private Reply alwaysCold(Call call) {
    tries.add(thread());
    if (!thread().equals("slow")) {
      throw WouldBlock.COLD;
    }
    return Reply.OK;
  }

  private static Hashes hashes(Call call) {
    return new Hashes(call.keyspace(), TypeLimits.DEFAULT.hashes());
  }

  private static String thread() {
    String name = Thread.currentThread().getName();
    if (name.startsWith("pika-slow-")) {
      return "slow";
    }
    return name.startsWith("pika-pool-") ? "quick" : "loop";
  }
}
