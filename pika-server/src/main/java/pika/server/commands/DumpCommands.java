package pika.server.commands;

import static pika.server.command.AclCategory.DANGEROUS;
import static pika.server.command.AclCategory.KEYSPACE;
import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Group.GENERIC;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.List;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.storage.TypeLimits;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.rdb.Dumps;
import pika.storage.rdb.RdbException;

/** DUMP and RESTORE: whole values in Redis' serialization, for exchange with other servers. */
final class DumpCommands implements Family {
  private static final int MAX_FREQUENCY = 255;
  private static final int UNKNOWN = -1;

  private final Supplier<TypeLimits> limits;

  DumpCommands(Supplier<TypeLimits> limits) {
    this.limits = limits;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        read("dump", 2, first(RO, ACCESS))
            .is(
                GENERIC,
                "2.6.0",
                "O(N) where N is the size of the value",
                "Returns a value serialized for RESTORE.",
                "key")
            .categories(KEYSPACE)
            .tips("nondeterministic_output")
            .slow()
            .runs(this::dump),
        write("restore", -4, first(OW, UPDATE), DENYOOM)
            .is(
                GENERIC,
                "2.6.0",
                "O(N) where N is the size of the value",
                "Creates a key from a value serialized by DUMP.",
                "key ttl:integer serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds:integer]"
                    + " [FREQ frequency:integer]")
            .categories(KEYSPACE, DANGEROUS)
            .placed(Size::place)
            .events(EventNaming.arriving("restore"))
            .runs(this::restore));
  }

  private Reply dump(Call call) {
    return StringDoor.reply(new Dumps(call.keyspace(), limits.get()).dump(call.arg(1)));
  }

  private Reply restore(Call call) {
    RestoreOptions options = RestoreOptions.parse(call.optionsFrom(4));
    Keyspace keyspace = call.keyspace();
    byte[] key = call.arg(1);
    if (!options.replace && keyspace.header(key) != null) {
      throw new CommandException("BUSYKEY Target key name already exists.");
    }
    long ttl = call.longArg(2);
    if (ttl < 0) {
      throw new CommandException("ERR Invalid TTL value, must be >= 0");
    }
    byte[] payload = call.arg(3);
    if (!Dumps.isIntact(payload)) {
      throw new CommandException("ERR DUMP payload version or checksum are wrong");
    }
    long expireAtMs = options.absolute ? ttl : ttl + call.nowMs();
    boolean isOver = ttl != 0 && expireAtMs <= call.nowMs();
    boolean wasThere = keyspace.delete(key);
    if (isOver && !wasThere) {
      // The payload is checked, but nobody is told of a key that never was.
      keyspace.unit().changeSilently();
    }
    restore(
        new Dumps(keyspace, limits.get()),
        key,
        payload,
        ttl == 0 || isOver ? KeyRecord.NEVER : expireAtMs);
    if (isOver) {
      keyspace.delete(key);
    } else if (options.idleSeconds != UNKNOWN) {
      keyspace.unusedFor(key, options.idleSeconds);
    }
    return Reply.OK;
  }

  private static void restore(Dumps dumps, byte[] key, byte[] payload, long expireAtMs) {
    try {
      dumps.restore(key, payload, expireAtMs);
    } catch (RdbException e) {
      throw new CommandException("ERR Bad data format");
    }
  }

  /**
   * The options after the payload. The access frequency is parsed and ignored: eviction does not
   * use it.
   */
  private record RestoreOptions(boolean replace, boolean absolute, long idleSeconds) {
    static RestoreOptions parse(Options options) {
      boolean replace = false;
      boolean absolute = false;
      long idleSeconds = UNKNOWN;
      long frequency = UNKNOWN;
      while (options.hasNext()) {
        if (options.take("REPLACE")) {
          replace = true;
        } else if (options.take("ABSTTL")) {
          absolute = true;
        } else if (frequency == UNKNOWN && options.takeWithValue("IDLETIME")) {
          idleSeconds = options.nextLong();
          if (idleSeconds < 0) {
            throw new CommandException("ERR Invalid IDLETIME value, must be >= 0");
          }
        } else if (idleSeconds == UNKNOWN && options.takeWithValue("FREQ")) {
          frequency = options.nextLong();
          if (frequency < 0 || frequency > MAX_FREQUENCY) {
            throw new CommandException("ERR Invalid FREQ value, must be >= 0 and <= 255");
          }
        } else {
          throw CommandException.syntax();
        }
      }
      return new RestoreOptions(replace, absolute, idleSeconds);
    }
  }
}
