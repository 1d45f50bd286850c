package pika.server.dispatch;

import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.Row.command;
import static pika.server.command.Row.write;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.Family;
import pika.server.command.Group;
import pika.server.command.KeyScope;
import pika.server.command.Keys;
import pika.server.command.Row;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;

/** Commands, and a transaction, that fail in the middle of their work. */
final class FailingCommands implements Family {
  @Override
  public List<Row> commands() {
    return List.of(
        row(write("writeandfail", 2, Keys.first(OW, INSERT))).runs(FailingCommands::writeAndFail),
        row(command("multi", 1)).runs(FailingCommands::multi),
        row(command("exec", 1))
            .scope(KeyScope.TRANSACTION)
            .runs(FailingCommands::writeNothingAndFail));
  }

  private static Row row(Row row) {
    return row.is(Group.GENERIC, "1.0.0", "O(1)", "Fails.", "");
  }

  private static Reply writeAndFail(Call call) {
    call.keyspace()
        .put(call.arg(1), KeyRecord.of(DataType.STRING, 0, KeyRecord.NEVER, call.arg(1)));
    throw new LinkageError("no such class");
  }

  private static Reply multi(Call call) {
    call.session().transaction().open();
    return Reply.OK;
  }

  private static Reply writeNothingAndFail(Call call) {
    throw new OutOfMemoryError("for a test");
  }
}
