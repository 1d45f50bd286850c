package pika.server.info;

/** The versions reported to clients. */
public final class Version {
  /**
   * The Redis version whose commands, replies and error texts we follow. Clients enable features by
   * it, so it is reported wherever Redis reports its own.
   */
  public static final String REDIS = "7.2.4";

  /** Our own version. */
  public static final String PIKA = "0.1.0";

  private Version() {}
}
