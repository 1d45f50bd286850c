/**
 * Clients blocked on keys, in the order in which they arrived, and what commits report about those
 * keys. Nothing is executed here and no thread is held; {@code pika.server.dispatch} retries the
 * commands.
 */
@NullMarked
package pika.server.blocking;

import org.jspecify.annotations.NullMarked;
