package pika.server.info;

/** The versions clients are told. */
public final class Version {
  /**
   * The Redis whose commands, replies and error texts we follow. Clients switch features on by it,
   * so it is told wherever Redis tells its own.
   */
  public static final String REDIS = "7.2.4";

  /** Our own. */
  public static final String PIKA = "0.1.0";

  private Version() {}
}
