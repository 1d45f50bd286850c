/**
 * Messages that are not replies: who is subscribed to what, and how a message reaches all
 * subscribers without delaying its publisher. The commands are in {@code pika.server.commands};
 * sessions and data are unknown here.
 */
@NullMarked
package pika.server.pubsub;

import org.jspecify.annotations.NullMarked;
