/**
 * Real clients in real use: Jedis, Lettuce, Redisson, redis-cli, redis-benchmark; and what the
 * CLIENT command promises to them.
 */
@NullMarked
package pika.server.proof.clients;

import org.jspecify.annotations.NullMarked;
