package pika.server;

import java.util.List;
import java.util.function.Supplier;
import pika.net.server.NetServer;
import pika.server.commands.Parts;
import pika.server.config.ConfigKeys;
import pika.server.config.LiveConfig;
import pika.server.info.ClientsSection;
import pika.server.info.ClusterSection;
import pika.server.info.CommandStatsSection;
import pika.server.info.CpuSection;
import pika.server.info.ErrorStatsSection;
import pika.server.info.InfoSection;
import pika.server.info.KeyspaceSection;
import pika.server.info.LatencyStatsSection;
import pika.server.info.MemorySection;
import pika.server.info.PersistenceSection;
import pika.server.info.ReplicationSection;
import pika.server.info.RocksSection;
import pika.server.info.ServerIdentity;
import pika.server.info.ServerSection;
import pika.server.info.StatsSection;
import pika.server.persistence.DiskGuard;
import pika.server.stats.ErrorStats;
import pika.server.stats.PoolLoad;
import pika.server.stats.Rates;

/** Creates the sections of INFO, each wired to its sources. */
final class InfoSetup {
  private InfoSetup() {}

  static List<InfoSection> sections(
      Parts parts,
      DiskGuard disk,
      ErrorStats errors,
      NetServer net,
      Rates rates,
      Supplier<PoolLoad> pools) {
    LiveConfig config = parts.config();
    ServerIdentity identity = ServerIdentity.startedAt(parts.store().nowMs());
    return List.of(
        new ServerSection(identity, config, net::transportName),
        new ClientsSection(
            parts.sessions(), parts.waiters(), parts.watches(), config, parts.tracking()),
        new MemorySection(
            parts.memory(),
            parts.store().reaper(),
            parts.observation().lazyFrees(),
            net::heldBytes,
            parts.scripts(),
            parts.functions()),
        new PersistenceSection(parts.maintenance(), parts.store(), disk),
        new StatsSection(
            parts.stats(),
            errors,
            parts.acl().log(),
            rates,
            net::stats,
            parts.store(),
            parts.pubSub(),
            parts.tracking()),
        new ReplicationSection(parts.store()::replicationId),
        new CpuSection(pools),
        new CommandStatsSection(parts.stats()),
        new ErrorStatsSection(errors),
        new LatencyStatsSection(
            parts.stats(), () -> config.get(ConfigKeys.LATENCY_TRACKING_INFO_PERCENTILES)),
        new ClusterSection(),
        new RocksSection(parts.store()),
        new KeyspaceSection(parts.store().engine()));
  }
}
