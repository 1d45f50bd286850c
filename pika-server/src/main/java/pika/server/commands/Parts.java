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
import pika.server.stats.SlowLog;
import pika.server.tracking.Tracking;
import pika.server.transaction.Watches;
import pika.storage.Store;
import pika.storage.TypeLimits;

/**
 * The parts of the server that commands touch; each family is given those it needs.
 *
 * @param limits tells the limits of each data type that are in force
 * @param shutdown begins to stop the server and returns at once
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
    SlowLog slowLog,
    Info info,
    MemoryReport memory,
    PubSub pubSub,
    ScriptEngine scripts,
    Functions functions,
    Tracking tracking,
    Runnable shutdown) {}
