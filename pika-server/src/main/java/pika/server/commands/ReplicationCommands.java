package pika.server.commands;

import static pika.server.command.Flag.FAST;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.NO_ASYNC_LOADING;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.GENERIC;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.AclCategory;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Flag;
import pika.server.command.Row;
import pika.server.persistence.Maintenance;

/** Replication commands of a master without replicas: ROLE, REPLICAOF NO ONE, WAIT, WAITAOF. */
final class ReplicationCommands implements Family {
  private static final String MASTER = "(host port:integer|NO ONE)";

  private final Maintenance maintenance;

  ReplicationCommands(Maintenance maintenance) {
    this.maintenance = maintenance;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        command("role", 1, NOSCRIPT, LOADING, STALE, FAST)
            .is(SERVER, "2.8.12", "O(1)", "Returns the server's replication role.", "")
            .categories(AclCategory.ADMIN, AclCategory.DANGEROUS)
            .runs(call -> role()),
        replicaOf("replicaof", "5.0.0").runs(this::replicaOf),
        replicaOf("slaveof", "1.0.0").replacedBy("`REPLICAOF`", "5.0.0").runs(this::replicaOf),
        command("wait", 3, NOSCRIPT)
            .is(
                GENERIC,
                "3.0.0",
                "O(1)",
                "Blocks until replicas have received this connection's writes.",
                "numreplicas:integer timeout:integer")
            .tips("request_policy:all_shards", "response_policy:agg_min")
            .categories(AclCategory.CONNECTION)
            .runs(this::waitForReplicas),
        command("waitaof", 4, NOSCRIPT)
            .is(
                GENERIC,
                "7.2.0",
                "O(1)",
                "Blocks until this connection's writes are synced to disk.",
                "numlocal:integer numreplicas:integer timeout:integer")
            .tips("request_policy:all_shards", "response_policy:agg_min")
            .categories(AclCategory.CONNECTION)
            .onPool()
            .runs(this::waitForDisk));
  }

  private static Row replicaOf(String name, String since) {
    return command(name, 3, Flag.ADMIN, NOSCRIPT, STALE, NO_ASYNC_LOADING)
        .is(
            SERVER,
            since,
            "O(1)",
            "Makes the server a replica of another one, or a master.",
            MASTER);
  }

  private static Reply role() {
    return Reply.array(Reply.bulk("master"), Reply.ZERO, Reply.EMPTY_ARRAY);
  }

  private Reply replicaOf(Call call) {
    if (call.argIs(1, "NO") && call.argIs(2, "ONE")) {
      return Reply.OK;
    }
    long port = Args.parseLong(call.arg(2), "ERR Invalid master port");
    if (port < 0 || port > 65_535) {
      throw new CommandException("ERR Invalid master port");
    }
    throw new CommandException(
        "ERR Replication is not supported: this server can only be a master");
  }

  // There are no replicas, so waiting could not change anything.
  private Reply waitForReplicas(Call call) {
    call.longArg(1);
    Timeouts.parseMs(call.arg(2));
    return Reply.ZERO;
  }

  private Reply waitForDisk(Call call) {
    long local = call.longArg(1);
    if (local < 0 || local > 1) {
      throw new CommandException("ERR value is out of range, value must between 0 and 1");
    }
    call.positiveArg(2);
    Timeouts.parseMs(call.arg(3));
    if (local == 1) {
      maintenance.syncLog();
    }
    return Reply.array(Reply.integer(local), Reply.ZERO);
  }
}
