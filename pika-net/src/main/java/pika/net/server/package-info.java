/**
 * Connections and the event loops that own them: accepting, reading, ordering and writing. What a
 * request means is nobody's business here; {@link pika.net.server.RequestListener} is the only
 * thing that points upwards.
 */
@NullMarked
package pika.net.server;

import org.jspecify.annotations.NullMarked;
