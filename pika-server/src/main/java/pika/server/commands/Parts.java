package pika.server.commands;

import java.util.function.Supplier;
import pika.server.acl.Access;
import pika.server.acl.Acl;
import pika.server.blocking.Waiters;
import pika.server.command.CommandTable;
import pika.server.config.LiveConfig;
import pika.server.info.Info;
import pika.server.info.MemoryReport;
import pika.server.persistence.Maintenance;
import pika.server.pubsub.PubSub;
import pika.server.script.ScriptEngine;
import pika.server.script.function.Functions;
import pika.server.session.ClientPause;
import pika.server.session.Sessions;
import pika.server.stats.CommandStats;
import pika.server.stats.Observation;
import pika.server.tracking.Tracking;
import pika.server.transaction.Watches;
import pika.storage.Store;
import pika.storage.TypeLimits;

/**
 * The parts of the server that commands use; each family is given those it needs.
 *
 * @param limits supplies the limits of each data type in force
 * @param shutdown starts to stop the server and returns immediately
 */
public record Parts(
    CommandTable table,
    LiveConfig config,
    Store store,
    Supplier<TypeLimits> limits,
    Maintenance maintenance,
    Sessions sessions,
    Acl acl,
    ClientPause pause,
    Waiters waiters,
    Watches watches,
    Access access,
    CommandStats stats,
    Observation observation,
    Info info,
    MemoryReport memory,
    PubSub pubSub,
    ScriptEngine scripts,
    Functions functions,
    Tracking tracking,
    Runnable shutdown) {}
