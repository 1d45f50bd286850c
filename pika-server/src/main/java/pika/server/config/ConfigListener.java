package pika.server.config;

/**
 * Applies changes of settings. Called on the thread that runs CONFIG SET, one call at a time,
 * before the new values become visible; called again with the old ones if another listener rejects
 * the same change.
 */
@FunctionalInterface
public interface ConfigListener {
  /**
   * Applies the settings this listener is registered for.
   *
   * @throws ConfigException if they can't be applied, with the reason alone as message; nothing may
   *     have been changed then
   */
  void changed(Config now);
}
