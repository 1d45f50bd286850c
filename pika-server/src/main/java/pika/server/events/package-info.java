/**
 * Keyspace events: messages about what becomes of keys, for those who subscribe to them. How a
 * command's events are called stands in its row ({@link pika.server.command.EventNaming}).
 */
@NullMarked
package pika.server.events;

import org.jspecify.annotations.NullMarked;
