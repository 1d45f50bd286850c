package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.NO_ASYNC_LOADING;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.CLUSTER;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;

import java.util.List;
import java.util.stream.Stream;
import pika.net.resp.Reply;
import pika.server.command.AclCategory;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Flag;
import pika.server.command.Row;

/**
 * CLUSTER, READONLY, READWRITE and ASKING on a server without cluster mode: clients call them to
 * find out, and the error tells them.
 */
final class ClusterCommands implements Family {
  private static final String SINCE = "3.0.0";
  private static final String RANGES_SINCE = "7.0.0";
  private static final String CONSTANT = "O(1)";
  private static final String PER_NODE = "O(N) where N is the total number of Cluster nodes";
  private static final String PER_SLOT = "O(N) where N is the total number of hash slot arguments";
  private static final String PER_RANGE =
      "O(N) where N is the total number of the slots between the start slot and end slot"
          + " arguments.";
  private static final String VARYING = "nondeterministic_output";
  private static final String NODE = "node-id";
  private static final String SLOT = "slot:integer";
  private static final String RANGES = "(start-slot:integer end-slot:integer)...";

  @Override
  public List<Row> commands() {
    Row cluster = container("cluster")
        .is(CLUSTER, SINCE, "Inspects and manages a cluster; cluster mode is not supported.")
        .with(questions())
        .with(slots())
        .with(nodes());
    return Stream.concat(Stream.of(cluster), ofConnections().stream()).toList();
  }

  private static List<Row> ofConnections() {
    return List.of(
        ofConnection("asking", "Lets the next command access a slot that is being imported.", FAST),
        ofConnection(
            "readonly",
            "Allows reads on a cluster replica for this connection.",
            LOADING,
            STALE,
            FAST),
        ofConnection("readwrite", "Reverts READONLY for this connection.", LOADING, STALE, FAST));
  }

  private static Row ofConnection(String name, String summary, Flag... flags) {
    return refused(command(name, 1, flags)
        .is(CLUSTER, SINCE, CONSTANT, summary, "")
        .categories(AclCategory.CONNECTION));
  }

  private static Row[] questions() {
    return new Row[] {
      question("countkeysinslot", 3)
          .is(CLUSTER, SINCE, CONSTANT, "Returns the number of keys in a slot.", SLOT),
      question("getkeysinslot", 4)
          .is(
              CLUSTER,
              SINCE,
              "O(log(N)) where N is the number of requested keys",
              "Returns some of the keys in a slot.",
              SLOT + " count:integer")
          .tips(VARYING),
      refused(command("help", 2, LOADING, STALE))
          .is(CLUSTER, "5.0.0", CONSTANT, "Prints this help.", ""),
      question("info", 2)
          .is(
              CLUSTER,
              SINCE,
              CONSTANT,
              "Returns the state of the cluster as seen by this node.",
              "")
          .tips(VARYING),
      question("keyslot", 3)
          .is(
              CLUSTER,
              SINCE,
              "O(N) where N is the number of bytes in the key",
              "Returns the hash slot of a key.",
              "key:string"),
      question("links", 2)
          .is(
              CLUSTER,
              RANGES_SINCE,
              PER_NODE,
              "Returns the connections between this node and its peers.",
              "")
          .tips(VARYING),
      question("myid", 2).is(CLUSTER, SINCE, CONSTANT, "Returns the ID of this node.", ""),
      question("nodes", 2)
          .is(CLUSTER, SINCE, PER_NODE, "Returns the nodes of the cluster, one per line.", "")
          .tips(VARYING),
      question("shards", 2)
          .is(
              CLUSTER,
              RANGES_SINCE,
              "O(N) where N is the total number of cluster nodes",
              "Returns the shards with their slots and nodes.",
              "")
          .tips(VARYING),
      question("slots", 2)
          .is(
              CLUSTER,
              SINCE,
              PER_NODE,
              "Returns the ranges of slots with the nodes that serve them.",
              "")
          .tips(VARYING)
          .replacedBy("`CLUSTER SHARDS`", RANGES_SINCE),
    };
  }

  private static Row[] slots() {
    return new Row[] {
      change("addslots", -3)
          .is(CLUSTER, SINCE, PER_SLOT, "Assigns slots to this node.", SLOT + "..."),
      change("addslotsrange", -4)
          .is(CLUSTER, RANGES_SINCE, PER_RANGE, "Assigns ranges of slots to this node.", RANGES),
      change("delslots", -3)
          .is(CLUSTER, SINCE, PER_SLOT, "Marks slots as unassigned.", SLOT + "..."),
      change("delslotsrange", -4)
          .is(CLUSTER, RANGES_SINCE, PER_RANGE, "Marks ranges of slots as unassigned.", RANGES),
      change("flushslots", 2).is(CLUSTER, SINCE, CONSTANT, "Removes all slots from this node.", ""),
      change("setslot", -4)
          .is(
              CLUSTER,
              SINCE,
              CONSTANT,
              "Assigns a slot to a node or marks it as migrating or importing.",
              SLOT + " (IMPORTING node-id|MIGRATING node-id|NODE node-id|STABLE)"),
    };
  }

  private static Row[] nodes() {
    return new Row[] {
      change("bumpepoch", 2)
          .is(CLUSTER, SINCE, CONSTANT, "Increments the configuration epoch of the cluster.", "")
          .tips(VARYING),
      refused(command("count-failure-reports", 3, ADMIN, STALE))
          .is(
              CLUSTER,
              SINCE,
              "O(N) where N is the number of failure reports",
              "Returns the number of active failure reports about a node.",
              NODE)
          .tips(VARYING),
      change("failover", -2)
          .is(CLUSTER, SINCE, CONSTANT, "Promotes this replica to master.", "[FORCE|TAKEOVER]"),
      change("forget", 3)
          .is(
              CLUSTER,
              SINCE,
              CONSTANT,
              "Removes a node from this node's view of the cluster.",
              NODE),
      change("meet", -4)
          .is(
              CLUSTER,
              SINCE,
              CONSTANT,
              "Adds a node to the cluster by its address.",
              "ip port:integer [cluster_bus_port:integer]"),
      replicas("replicas", "5.0.0"),
      change("replicate", 3)
          .is(CLUSTER, SINCE, CONSTANT, "Makes this node a replica of another node.", NODE),
      refused(command("reset", -2, ADMIN, NOSCRIPT, STALE))
          .is(
              CLUSTER,
              SINCE,
              "O(N) where N is the number of known nodes. The command may execute a FLUSHALL as a"
                  + " side effect.",
              "Removes this node from its cluster and resets its state.",
              "[HARD|SOFT]"),
      change("saveconfig", 2)
          .is(CLUSTER, SINCE, CONSTANT, "Writes the cluster configuration to disk.", ""),
      change("set-config-epoch", 3)
          .is(
              CLUSTER,
              SINCE,
              CONSTANT,
              "Sets the configuration epoch of a new node.",
              "config-epoch:integer"),
      replicas("slaves", SINCE).replacedBy("`CLUSTER REPLICAS`", "5.0.0"),
    };
  }

  private static Row replicas(String name, String since) {
    return refused(command(name, 3, ADMIN, STALE))
        .is(CLUSTER, since, CONSTANT, "Returns the replicas of a node.", NODE)
        .tips(VARYING);
  }

  private static Row question(String name, int arity) {
    return refused(command(name, arity, STALE));
  }

  private static Row change(String name, int arity) {
    return refused(command(name, arity, ADMIN, STALE, NO_ASYNC_LOADING));
  }

  private static Row refused(Row row) {
    return row.runs(ClusterCommands::refuse);
  }

  private static Reply refuse(Call call) {
    throw new CommandException("ERR This instance has cluster support disabled");
  }
}
