/**
 * Connections and the event loops that own them: accepting, reading, ordering and writing. Nothing
 * here knows what a request means; {@link pika.net.server.RequestListener} is the only interface
 * that points upwards.
 */
@NullMarked
package pika.net.server;

import org.jspecify.annotations.NullMarked;
