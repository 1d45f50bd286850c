package pika.server.info;

import java.util.function.Supplier;

/** INFO replication: a master without replicas, and its replication id. */
public final class ReplicationSection implements InfoSection {
  private final Supplier<String> replicationId;

  public ReplicationSection(Supplier<String> replicationId) {
    this.replicationId = replicationId;
  }

  @Override
  public Part part() {
    return Part.REPLICATION;
  }

  @Override
  public void writeTo(InfoText text) {
    text.line("role", "master")
        .line("connected_slaves", 0)
        .line("master_failover_state", "no-failover")
        .line("master_replid", replicationId.get())
        .line("master_replid2", "0".repeat(40))
        .line("master_repl_offset", 0)
        .line("second_repl_offset", -1)
        .line("repl_backlog_active", 0)
        .line("repl_backlog_size", 0)
        .line("repl_backlog_first_byte_offset", 0)
        .line("repl_backlog_histlen", 0);
  }
}
