/**
 * Messages that answer no request: who listens to what, and how a message reaches all of them
 * without holding up the thread that publishes it. Which commands publish and subscribe is told in
 * {@code pika.server.commands}; sessions and data are unknown here.
 */
@NullMarked
package pika.server.pubsub;

import org.jspecify.annotations.NullMarked;
