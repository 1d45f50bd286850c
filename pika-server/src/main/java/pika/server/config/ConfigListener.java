package pika.server.config;

/**
 * Makes a change of settings true. Called on the thread that runs CONFIG SET, one call at a time,
 * before anybody else sees the new values; called again with the old ones if another listener
 * refuses the same change.
 */
@FunctionalInterface
public interface ConfigListener {
  /**
   * Applies the settings this listener registered for.
   *
   * @throws ConfigException when they cannot be applied, its message being the reason alone; the
   *     listener must have changed nothing then
   */
  void changed(Config now);
}
