package pika.server.commands;

import static pika.server.command.AclCategory.DANGEROUS;
import static pika.server.command.AclCategory.KEYSPACE;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Keys.NONE;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.stats.LazyFrees;
import pika.storage.key.Keyspace;

/** Whole databases: DBSIZE, FLUSHDB, FLUSHALL, SWAPDB. */
final class DatabaseCommands implements Family {
  private final LazyFrees lazyFrees;

  DatabaseCommands(LazyFrees lazyFrees) {
    this.lazyFrees = lazyFrees;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        read("dbsize", 1, NONE, FAST)
            .is(SERVER, "1.0.0", "O(1)", "Returns the number of keys in the selected database.", "")
            .categories(KEYSPACE)
            .tips("request_policy:all_shards", "response_policy:agg_sum")
            .runs(call -> Reply.integer(call.keyspace().size())),
        write("flushdb", -1, NONE)
            .is(
                SERVER,
                "1.0.0",
                "O(1)",
                "Deletes all keys of the selected database.",
                "[ASYNC|SYNC]")
            .categories(KEYSPACE, DANGEROUS)
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .onPool()
            .runs(this::flushDb),
        write("flushall", -1, NONE)
            .is(
                SERVER,
                "1.0.0",
                "O(N) where N is the number of databases",
                "Deletes all keys of every database.",
                "[ASYNC|SYNC]")
            .categories(KEYSPACE, DANGEROUS)
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .onPool()
            .runs(this::flushAll),
        write("swapdb", 3, NONE, FAST)
            .is(
                SERVER,
                "4.0.0",
                "O(1)",
                "Exchanges the contents of two databases.",
                "index1:integer index2:integer")
            .categories(KEYSPACE, DANGEROUS)
            .onPool()
            .runs(this::swapDb));
  }

  private Reply flushDb(Call call) {
    requireFlushOption(call);
    flush(call, call.keyspace());
    return Reply.OK;
  }

  private Reply flushAll(Call call) {
    requireFlushOption(call);
    Keyspace selected = call.keyspace();
    for (int number = 0; number < selected.databaseCount(); number++) {
      flush(call, selected.sibling(number));
    }
    return Reply.OK;
  }

  private void flush(Call call, Keyspace keyspace) {
    if (call.argCount() > 1 && call.argIs(1, "ASYNC")) {
      lazyFrees.emptied(call.unit(), keyspace.size());
    }
    keyspace.flush();
  }

  /**
   * Checks the option, which makes no difference: flushing is instant, and space is always
   * reclaimed in the background.
   */
  private static void requireFlushOption(Call call) {
    if (call.argCount() == 1) {
      return;
    }
    if (call.argCount() > 2 || !(call.argIs(1, "SYNC") || call.argIs(1, "ASYNC"))) {
      throw CommandException.syntax();
    }
  }

  private Reply swapDb(Call call) {
    int first = databaseArg(call, 1, "ERR invalid first DB index");
    int second = databaseArg(call, 2, "ERR invalid second DB index");
    Keyspace one = KeyCommands.database(call, first);
    one.swap(KeyCommands.database(call, second).number());
    return Reply.OK;
  }

  private static int databaseArg(Call call, int index, String errorText) {
    long number = Args.parseLong(call.arg(index), errorText);
    if (number != (int) number) {
      throw new CommandException(errorText);
    }
    return (int) number;
  }
}
