package pika.server.config;

/** Who may call DEBUG. */
public enum DebugCommand {
  NO,
  YES,
  /** Connections over the loopback interface and the unix socket. */
  LOCAL
}
