package pika.server.commands;

import java.util.List;
import java.util.function.Supplier;
import pika.server.command.Family;
import pika.server.config.ConfigKeys;
import pika.storage.TypeLimits;
import pika.storage.packed.PackedLimits;
import pika.storage.set.SetLimits;
import pika.storage.string.StringLimits;

/** The only list of all command families. */
public final class Families {
  private Families() {}

  /** Returns every family, wired to what it needs. */
  public static List<Family> all(Parts parts) {
    Supplier<TypeLimits> limits = parts.limits();
    Supplier<StringLimits> strings = () -> limits.get().strings();
    Supplier<PackedLimits> lists = () -> limits.get().lists();
    Supplier<PackedLimits> hashes = () -> limits.get().hashes();
    Supplier<SetLimits> sets = () -> limits.get().sets();
    Supplier<PackedLimits> zsets = () -> limits.get().zsets();
    return List.of(
        new TransactionCommands(parts.table(), parts.access(), parts.watches()),
        new ConnectionCommands(
            parts.acl(), parts.tracking(), () -> parts.config().get(ConfigKeys.DATABASES)),
        new ClientCommands(
            parts.sessions(),
            parts.acl().users(),
            parts.pause(),
            parts.waiters(),
            parts.tracking()),
        new AclCommands(parts.acl(), parts.table(), parts.sessions()),
        new CommandCommands(parts.table()),
        new ClusterCommands(),
        new StringCommands(strings),
        new NumberCommands(strings),
        new SubstringCommands(strings),
        new BitmapCommands(strings),
        new ListEndCommands(lists),
        new ListElementCommands(lists),
        new BlockingListCommands(lists),
        new HyperLogLogCommands(strings, () -> limits.get().maxSparseHllBytes()),
        new SortCommands(limits),
        new RangeScanCommands(limits),
        new PikaCommands(strings),
        new HashCommands(hashes),
        new HashWalkCommands(hashes),
        new HashExpiryCommands(hashes),
        new SetCommands(sets),
        new SetAlgebraCommands(sets),
        new StreamCommands(limits),
        new StreamGroupCommands(),
        new StreamPendingCommands(),
        new StreamInfoCommands(),
        new SortedSetCommands(zsets),
        new SortedSetMemberCommands(zsets),
        new SortedSetRangeCommands(zsets),
        new SortedSetPopCommands(zsets),
        new SortedSetOperationCommands(zsets, sets),
        new GeoCommands(zsets),
        new GeoSearchCommands(zsets),
        new KeyCommands(parts.observation().lazyFrees()),
        new ExpiryCommands(),
        new DumpCommands(limits),
        new MigrateCommand(limits),
        new ScanCommands(),
        new ObjectCommands(),
        new DatabaseCommands(parts.observation().lazyFrees()),
        new ScriptCommands(parts.scripts(), parts.table(), parts.access()),
        parts.functions().commands(parts.table(), parts.access()),
        new PubSubCommands(parts.pubSub()),
        new PubSubQueries(parts.pubSub()),
        new MonitorCommands(parts.pubSub()),
        new ServerCommands(parts.info(), parts.shutdown()),
        new ConfigCommands(parts.config(), parts.info()),
        new PersistenceCommands(parts.maintenance()),
        new ReplicationCommands(parts.maintenance()),
        new ModuleCommands(),
        new MemoryCommands(parts.memory()),
        new SlowLogCommands(parts.observation().slowLog()),
        new NotableKeyCommands(
            parts.observation().hotKeys(),
            parts.observation().bigKeys(),
            parts.store().engine()),
        new LatencyCommands(parts.table(), parts.stats(), parts.observation().latency()),
        new DebugCommands(parts.scripts(), parts.store(), limits));
  }
}
