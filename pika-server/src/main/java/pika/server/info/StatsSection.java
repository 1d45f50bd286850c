package pika.server.info;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import pika.net.server.NetStats;
import pika.server.acl.AclLog;
import pika.server.acl.Denial.Reason;
import pika.server.pubsub.Kind;
import pika.server.pubsub.PubSub;
import pika.server.stats.CommandStats;
import pika.server.stats.ErrorStats;
import pika.server.stats.Rates;
import pika.server.tracking.Tracking;
import pika.storage.Store;

/**
 * INFO stats: totals since the start or the last CONFIG RESETSTAT. Network and storage never reset
 * their counters; this section remembers their values at the reset.
 */
public final class StatsSection implements InfoSection {
  private final CommandStats commands;
  private final ErrorStats errors;
  private final AclLog refusals;
  private final Rates rates;
  private final Supplier<NetStats> net;
  private final PubSub pubSub;
  private final Tracking tracking;
  private final Counter hits;
  private final Counter misses;
  private final Counter expired;
  private final Counter cutRuns;
  private final Counter sweeping;
  private volatile NetStats netAtReset = NetStats.NOTHING;

  /** A total that can be reset although its source only grows. */
  private static final class Counter {
    private final LongSupplier source;
    private volatile long atReset;

    Counter(LongSupplier source) {
      this.source = source;
    }

    long value() {
      return source.getAsLong() - atReset;
    }

    void reset() {
      atReset = source.getAsLong();
    }
  }

  public StatsSection(
      CommandStats commands,
      ErrorStats errors,
      AclLog refusals,
      Rates rates,
      Supplier<NetStats> net,
      Store store,
      PubSub pubSub,
      Tracking tracking) {
    this.commands = commands;
    this.errors = errors;
    this.refusals = refusals;
    this.rates = rates;
    this.net = net;
    this.pubSub = pubSub;
    this.tracking = tracking;
    this.hits = new Counter(store.engine().hits()::sum);
    this.misses = new Counter(store.engine().misses()::sum);
    this.expired = new Counter(store.engine().expired()::sum);
    this.cutRuns = new Counter(store.sweeper()::cutRuns);
    this.sweeping = new Counter(store.sweeper()::busyMs);
  }

  @Override
  public Part part() {
    return Part.STATS;
  }

  @Override
  public void writeTo(InfoText text) {
    NetStats now = net.get();
    NetStats then = netAtReset;
    text.line("total_connections_received", now.connectionsReceived() - then.connectionsReceived())
        .line("total_commands_processed", commands.totalCalls())
        .line("instantaneous_ops_per_sec", rates.commandsPerSecond())
        .line("total_net_input_bytes", now.inputBytes() - then.inputBytes())
        .line("total_net_output_bytes", now.outputBytes() - then.outputBytes())
        .decimal("instantaneous_input_kbps", rates.inputKbPerSecond())
        .line("total_net_repl_input_bytes", 0)
        .line("total_net_repl_output_bytes", 0)
        .decimal("instantaneous_output_kbps", rates.outputKbPerSecond())
        .decimal("instantaneous_input_repl_kbps", 0)
        .decimal("instantaneous_output_repl_kbps", 0)
        .line("rejected_connections", now.connectionsRejected() - then.connectionsRejected())
        .line("sync_full", 0)
        .line("sync_partial_ok", 0)
        .line("sync_partial_err", 0)
        .line("expired_keys", expired.value())
        // Keys are removed in deadline order, so none is left behind.
        .decimal("expired_stale_perc", 0)
        .line("expired_time_cap_reached_count", cutRuns.value())
        .line("expire_cycle_cpu_milliseconds", sweeping.value())
        .line("evicted_keys", 0)
        .line("evicted_clients", 0)
        .line("total_eviction_exceeded_time", 0)
        .line("current_eviction_exceeded_time", 0)
        .line("keyspace_hits", hits.value())
        .line("keyspace_misses", misses.value())
        .line("pubsub_channels", pubSub.count(Kind.CHANNEL))
        .line("pubsub_patterns", pubSub.count(Kind.PATTERN))
        .line("pubsubshard_channels", pubSub.count(Kind.SHARD_CHANNEL))
        .line("latest_fork_usec", 0)
        .line("total_forks", 0)
        .line("migrate_cached_sockets", 0)
        .line("slave_expires_tracked_keys", 0)
        .line("active_defrag_hits", 0)
        .line("active_defrag_misses", 0)
        .line("active_defrag_key_hits", 0)
        .line("active_defrag_key_misses", 0)
        .line("total_active_defrag_time", 0)
        .line("current_active_defrag_time", 0)
        .line("tracking_total_keys", tracking.keys())
        .line("tracking_total_items", tracking.items())
        .line("tracking_total_prefixes", tracking.prefixes())
        .line("unexpected_error_replies", 0)
        .line("total_error_replies", errors.total())
        .line("dump_payload_sanitizations", 0)
        .line("total_reads_processed", now.reads() - then.reads())
        .line("total_writes_processed", now.writes() - then.writes())
        .line("io_threaded_reads_processed", 0)
        .line("io_threaded_writes_processed", 0)
        .line("acl_access_denied_auth", refusals.total(Reason.AUTH))
        .line("acl_access_denied_cmd", refusals.total(Reason.COMMAND))
        .line("acl_access_denied_key", refusals.total(Reason.KEY))
        .line("acl_access_denied_channel", refusals.total(Reason.CHANNEL));
  }

  @Override
  public void resetStatistics() {
    netAtReset = net.get();
    hits.reset();
    misses.reset();
    expired.reset();
    cutRuns.reset();
    sweeping.reset();
    rates.reset();
  }
}
