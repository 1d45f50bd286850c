package pika.server.config;

import static pika.server.config.ListTypes.oomScores;
import static pika.server.config.ListTypes.someOf;
import static pika.server.config.NumberTypes.integer;
import static pika.server.config.NumberTypes.memory;
import static pika.server.config.NumberTypes.number;
import static pika.server.config.WordTypes.oneOf;
import static pika.server.config.WordTypes.text;
import static pika.server.config.WordTypes.yesNo;

import java.util.List;
import java.util.stream.Stream;

/**
 * Settings of Redis 7.0 about other servers and the host that have no effect here; see
 * {@link RedisKeys}. Some are refused unless they have their default: a server that ignored them
 * would serve stale or unprotected data, or wait for something that is waiting for it.
 */
final class RedisHostKeys {
  private static final int MAX_INT = Integer.MAX_VALUE;
  private static final long MAX_LONG = Long.MAX_VALUE;

  private RedisHostKeys() {}

  static List<ConfigKey<?>> rows() {
    return Stream.of(
            replication(),
            cluster(),
            process(),
            tls(),
            tlsParameters(),
            refusedDaemon(),
            refusedReplica())
        .flatMap(group -> group.keys().stream())
        .toList();
  }

  private static KeyGroup replication() {
    KeyGroup rows = KeyGroup.withoutEffect("replication is not supported yet");
    rows.live("masterauth", text(), "");
    rows.live("masteruser", text(), "");
    rows.live("min-replicas-to-write", integer(0, MAX_INT), "0", "min-slaves-to-write");
    rows.live("min-replicas-max-lag", integer(0, MAX_INT), "10", "min-slaves-max-lag");
    rows.live("repl-backlog-size", memory(1, MAX_LONG), "1mb");
    rows.live("repl-backlog-ttl", number(0, MAX_LONG), "3600");
    rows.live("repl-disable-tcp-nodelay", yesNo(), "no");
    rows.live("repl-diskless-load", oneOf("disabled", "on-empty-db", "swapdb"), "disabled");
    rows.live("repl-diskless-sync", yesNo(), "yes");
    rows.live("repl-diskless-sync-delay", integer(0, MAX_INT), "5");
    rows.live("repl-diskless-sync-max-replicas", integer(0, MAX_INT), "0");
    rows.live("repl-ping-replica-period", integer(1, MAX_INT), "10", "repl-ping-slave-period");
    rows.live("repl-timeout", integer(1, MAX_INT), "60");
    rows.live("replica-announce-ip", text(), "", "slave-announce-ip");
    rows.live("replica-announce-port", integer(0, 65535), "0", "slave-announce-port");
    rows.live("replica-announced", yesNo(), "yes");
    rows.live("replica-ignore-disk-write-errors", yesNo(), "no");
    rows.live("replica-ignore-maxmemory", yesNo(), "yes", "slave-ignore-maxmemory");
    rows.live("replica-lazy-flush", yesNo(), "no", "slave-lazy-flush");
    rows.live("replica-priority", integer(0, MAX_INT), "100", "slave-priority");
    rows.live("replica-read-only", yesNo(), "yes", "slave-read-only");
    rows.live("replica-serve-stale-data", yesNo(), "yes", "slave-serve-stale-data");
    rows.live("shutdown-timeout", integer(0, MAX_INT), "10");
    rows.live(
        "propagation-error-behavior", oneOf("ignore", "panic", "panic-on-replicas"), "ignore");
    return rows;
  }

  private static KeyGroup cluster() {
    KeyGroup rows = KeyGroup.withoutEffect("cluster mode is not supported yet");
    rows.live("cluster-allow-pubsubshard-when-down", yesNo(), "yes");
    rows.live("cluster-allow-reads-when-down", yesNo(), "no");
    rows.live("cluster-allow-replica-migration", yesNo(), "yes");
    rows.live("cluster-announce-bus-port", integer(0, 65535), "0");
    rows.live("cluster-announce-hostname", text(), "");
    rows.live("cluster-announce-ip", text(), "");
    rows.live("cluster-announce-port", integer(0, 65535), "0");
    rows.live("cluster-announce-tls-port", integer(0, 65535), "0");
    rows.immutable("cluster-config-file", text(), "nodes.conf");
    rows.live("cluster-link-sendbuf-limit", memory(0, MAX_LONG), "0");
    rows.live("cluster-migration-barrier", integer(0, MAX_INT), "1");
    rows.live("cluster-node-timeout", number(0, MAX_LONG), "15000");
    rows.immutable("cluster-port", integer(0, 65535), "0");
    rows.live("cluster-preferred-endpoint-type", oneOf("ip", "hostname", "unknown-endpoint"), "ip");
    rows.live("cluster-replica-no-failover", yesNo(), "no", "cluster-slave-no-failover");
    rows.live(
        "cluster-replica-validity-factor",
        integer(0, MAX_INT),
        "10",
        "cluster-slave-validity-factor");
    rows.live("cluster-require-full-coverage", yesNo(), "yes");
    return rows;
  }

  private static KeyGroup process() {
    KeyGroup rows = KeyGroup.withoutEffect("does not apply to this server, which runs on the JVM");
    rows.immutable("io-threads", integer(1, 128), "1");
    rows.immutable("io-threads-do-reads", yesNo(), "no");
    rows.immutable("server_cpulist", text(), "");
    rows.immutable("bio_cpulist", text(), "");
    rows.immutable("aof_rewrite_cpulist", text(), "");
    rows.immutable("bgsave_cpulist", text(), "");
    rows.live("shutdown-on-sigint", shutdownModes(), "default");
    rows.live("shutdown-on-sigterm", shutdownModes(), "default");
    rows.immutable("supervised", oneOf("upstart", "systemd", "auto", "no"), "no");
    rows.immutable("set-proc-title", yesNo(), "yes");
    rows.live("proc-title-template", text(), "{title} {listen-addr} {server-mode}");
    rows.live("oom-score-adj", oneOf("no", "yes", "relative", "absolute"), "no");
    rows.live("oom-score-adj-values", oomScores(), "0 200 800");
    rows.immutable("syslog-enabled", yesNo(), "no");
    rows.immutable("syslog-facility", syslogFacilities(), "local0");
    rows.immutable("syslog-ident", text(), "redis");
    rows.live("crash-log-enabled", yesNo(), "yes");
    rows.live("crash-memcheck-enabled", yesNo(), "yes");
    rows.immutable("always-show-logo", yesNo(), "no");
    rows.live("ignore-warnings", text(), "");
    rows.live("bind-source-addr", text(), "");
    rows.immutable("socket-mark-id", integer(0, MAX_INT), "0");
    rows.immutable("enable-protected-configs", oneOf("no", "yes", "local"), "no");
    rows.hidden("watchdog-period", integer(0, MAX_INT), "0");
    rows.hidden("use-exit-on-panic", yesNo(), "no");
    return rows;
  }

  private static ValueType<List<String>> shutdownModes() {
    return someOf("default", "save", "nosave", "now", "force");
  }

  private static ValueType<String> syslogFacilities() {
    return oneOf(
        "user", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7");
  }

  private static KeyGroup tls() {
    KeyGroup rows =
        KeyGroup.withoutEffect("TLS for connections to other servers is not supported yet");
    rows.live("tls-cluster", yesNo(), "no");
    rows.live("tls-replication", yesNo(), "no");
    rows.live("tls-client-cert-file", text(), "");
    rows.live("tls-client-key-file", text(), "");
    rows.live("tls-client-key-file-pass", text(), "");
    return rows;
  }

  private static KeyGroup tlsParameters() {
    KeyGroup rows = KeyGroup.withoutEffect("Java uses its own Diffie-Hellman parameters");
    rows.live("tls-dh-params-file", text(), "");
    return rows;
  }

  private static KeyGroup refusedDaemon() {
    KeyGroup rows =
        KeyGroup.refused("the server always runs in the foreground; set daemonize to no and"
            + " use systemd, a container or nohup");
    rows.immutable("daemonize", yesNo(), "no");
    return rows;
  }

  private static KeyGroup refusedReplica() {
    KeyGroup rows = KeyGroup.refused("replication is not supported yet; remove this setting");
    rows.immutable("replicaof", ListTypes.words(), "", "slaveof");
    return rows;
  }
}
