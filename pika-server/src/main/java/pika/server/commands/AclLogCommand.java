package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.acl.AclLog;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.Row;

/** ACL LOG: recent refusals. */
final class AclLogCommand {
  private static final long DEFAULT_COUNT = 10;
  private static final double MILLIS = 1000;

  private final AclLog log;

  AclLogCommand(AclLog log) {
    this.log = log;
  }

  Row row() {
    return command("log", -2, ADMIN, NOSCRIPT, LOADING, STALE)
        .is(
            SERVER,
            "6.0.0",
            "O(N) with N being the number of entries shown.",
            "Returns the most recent denied logins and commands (10 by"
                + " default), or clears the log.",
            "[count:integer|RESET]")
        .runs(this::run);
  }

  private Reply run(Call call) {
    AclCommands.requireAtMost(call, 3);
    if (call.argCount() == 3 && call.argIs(2, "RESET")) {
      log.clear();
      return Reply.OK;
    }
    long count = call.argCount() == 3 ? Math.max(0, call.longArg(2)) : DEFAULT_COUNT;
    return Reply.array(
        log.newest(count).stream().map(entry -> entry(entry, call.nowMs())).toList());
  }

  // The last three were added in Redis 7.2; clients that read entries by name want them.
  private static Reply entry(AclLog.Entry entry, long nowMs) {
    return Reply.map(List.of(
        Reply.bulk("count"), Reply.integer(entry.count()),
        Reply.bulk("reason"), Reply.bulk(entry.reason().redisName()),
        Reply.bulk("context"), Reply.bulk(entry.context().redisName()),
        Reply.bulk("object"), Reply.bulk(Args.bytes(entry.object())),
        Reply.bulk("username"), Reply.bulk(Args.bytes(entry.username())),
        Reply.bulk("age-seconds"), Reply.doubleValue(ageSeconds(entry, nowMs)),
        Reply.bulk("client-info"), Reply.bulk(entry.client()),
        Reply.bulk("entry-id"), Reply.integer(entry.id()),
        Reply.bulk("timestamp-created"), Reply.integer(entry.createdMs()),
        Reply.bulk("timestamp-last-updated"), Reply.integer(entry.updatedMs())));
  }

  // The commands of one pass share a time, which may be slightly before the refusal.
  private static double ageSeconds(AclLog.Entry entry, long nowMs) {
    return Math.max(0, nowMs - entry.updatedMs()) / MILLIS;
  }
}
