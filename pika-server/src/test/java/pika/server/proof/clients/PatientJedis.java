package pika.server.proof.clients;

import redis.clients.jedis.DefaultJedisClientConfig;

/**
 * Jedis as these tests use it: left to itself it gives up after two seconds, which a busy machine
 * may take for any reply.
 */
public final class PatientJedis {
  private static final int TIMEOUT_MS = 30_000;

  private PatientJedis() {}

  /** To be added to. */
  public static DefaultJedisClientConfig.Builder config() {
    return DefaultJedisClientConfig.builder().timeoutMillis(TIMEOUT_MS);
  }
}
