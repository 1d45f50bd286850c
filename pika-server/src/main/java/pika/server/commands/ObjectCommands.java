package pika.server.commands;

import static pika.server.command.Group.GENERIC;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;
import static pika.server.command.Row.read;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.storage.key.KeyRecord;
import pika.storage.keys.Keys;

/** OBJECT: how a value is stored, and when it was last used. */
final class ObjectCommands implements Family {
  @Override
  public List<Row> commands() {
    return List.of(container("object")
        .is(GENERIC, "2.2.3", "Returns internal properties of a key's value.")
        .with(
            about("encoding", "2.2.3", "Returns the encoding of a key's value.")
                .runs(this::encoding),
            about("freq", "4.0.0", "Returns the access frequency counter of a key.")
                .runs(this::frequency),
            about("idletime", "2.2.3", "Returns the seconds since a key was last accessed.")
                .runs(this::idleTime),
            about(
                    "refcount",
                    "2.2.3",
                    "Returns the reference count of a key's value: 1, except for small integers.")
                .runs(this::referenceCount),
            help(GENERIC, "6.2.0")));
  }

  private static Row about(String name, String since, String summary) {
    return read(name, 3, second(RO))
        .is(GENERIC, since, "O(1)", summary, "key")
        .tips("nondeterministic_output");
  }

  private Reply encoding(Call call) {
    String encoding = new Keys(call.keyspace()).encoding(call.arg(2));
    return encoding == null ? Reply.NULL : Reply.bulk(encoding);
  }

  /** Uses are not counted, as in a Redis that evicts by LRU or not at all. */
  private Reply frequency(Call call) {
    if (idleSeconds(call) == Keys.ABSENT) {
      return Reply.NULL;
    }
    throw new CommandException("ERR An LFU maxmemory policy is not selected, access frequency not"
        + " tracked. Please note that when switching between policies at runtime LRU and LFU data"
        + " will take some time to adjust.");
  }

  private Reply idleTime(Call call) {
    long seconds = idleSeconds(call);
    return seconds == Keys.ABSENT ? Reply.NULL : Reply.integer(seconds);
  }

  private Reply referenceCount(Call call) {
    KeyRecord record = call.keyspace().meet(call.arg(2));
    return record == null ? Reply.NULL : Reply.integer(Keys.references(record));
  }

  private static long idleSeconds(Call call) {
    return new Keys(call.keyspace()).idleSeconds(call.arg(2));
  }
}
