package pika.server.commands;

import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.storage.Store;
import pika.storage.key.KeyRecord;
import pika.storage.keys.Keys;
import pika.storage.keys.ValueSize;

/**
 * The subcommands of DEBUG about Redis' in-memory structures. Ours are on disk: where a client
 * would expect a structure, judging by the encoding's name, they report its number of elements.
 */
final class DebugStructures {
  private static final Logger LOG = LoggerFactory.getLogger(DebugStructures.class);
  private static final Set<String> HASH_TABLES = Set.of("hashtable", "skiplist");

  private final Store store;

  DebugStructures(Store store) {
    this.store = store;
  }

  // DEBUG LISTPACK key
  Reply listpack(Call call) {
    KeyRecord record = record(call);
    if (!"listpack".equals(encoding(call))) {
      throw new CommandException("ERR Not a listpack encoded object.");
    }
    LOG.info("DEBUG LISTPACK: {} elements", ValueSize.of(record));
    return Reply.simple("Listpack structure printed on stdout");
  }

  // DEBUG HTSTATS db
  Reply ofDatabase(Call call) {
    long number = call.longArg(2);
    if (number < 0 || number >= store.engine().databaseCount()) {
      throw new CommandException("ERR Out of range database");
    }
    int database = (int) number;
    String keys = table(call.keyspace().sibling(database).size());
    String deadlines = table(store.engine().expiryCount(database));
    return Reply.verbatim("txt", "[Dictionary HT]\n" + keys + "[Expires HT]\n" + deadlines);
  }

  // DEBUG HTSTATS-KEY key
  Reply ofKey(Call call) {
    KeyRecord record = record(call);
    if (!HASH_TABLES.contains(encoding(call))) {
      throw new CommandException(
          "ERR The value stored at the specified key is not represented using an hash table");
    }
    return Reply.verbatim("txt", table(ValueSize.of(record)));
  }

  private static String encoding(Call call) {
    return String.valueOf(new Keys(call.keyspace()).encoding(call.arg(2)));
  }

  private static KeyRecord record(Call call) {
    KeyRecord record = call.keyspace().meet(call.arg(2));
    if (record == null) {
      throw new CommandException("ERR no such key");
    }
    return record;
  }

  private static String table(long elements) {
    return "Hash table 0 stats (main hash table):\n"
        + (elements == 0
            ? "No stats available for empty dictionaries\n"
            : " number of elements: " + elements + "\n");
  }
}
