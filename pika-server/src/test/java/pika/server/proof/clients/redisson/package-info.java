/**
 * Redisson: objects that programs share through scripts, blocking commands and messages. Each test
 * has two clients, as two programs would.
 */
@NullMarked
package pika.server.proof.clients.redisson;

import org.jspecify.annotations.NullMarked;
