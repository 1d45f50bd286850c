package pika.server.acl;

import static pika.server.command.Group.SERVER;
import static pika.server.command.Group.STRING;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.all;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.command.Flag;
import pika.server.command.Row;

/** A few commands of every kind, for rules to refer to. */
final class SampleCommands implements Family {
  static CommandTable table() {
    CommandTable table = new CommandTable();
    table.add(new SampleCommands());
    return table;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        row(read("get", 2, first(RO, ACCESS), Flag.FAST)),
        row(read("mget", -2, all(RO, ACCESS), Flag.FAST)),
        row(read("exists", 2, first(RO), Flag.FAST)),
        row(write("set", 3, first(OW, UPDATE))),
        row(write("copy", 3, first(RO, ACCESS).and(second(OW, UPDATE)))),
        row(command("select", 2, Flag.FAST)),
        row(command("auth", -2, Flag.NO_AUTH, Flag.FAST)),
        row(command("publish", 3, Flag.PUBSUB, Flag.FAST)),
        row(command("subscribe", -2, Flag.PUBSUB)),
        row(command("psubscribe", -2, Flag.PUBSUB)),
        container("config", row(command("get", 3, Flag.ADMIN)), row(command("set", 4, Flag.ADMIN)))
            .is(SERVER, "1.0.0", ""));
  }

  private static Row row(Row row) {
    return row.is(STRING, "1.0.0", "", "", "").runs(call -> Reply.OK);
  }

  static byte[][] call(String line) {
    return List.of(line.split(" ", -1)).stream().map(Args::bytes).toArray(byte[][]::new);
  }
}
