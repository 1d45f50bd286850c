package pika.server.config;

/**
 * An invalid configuration. The message is one line for whoever wrote it: at startup it names file,
 * line and key, from {@link LiveConfig} it is the whole error reply.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
