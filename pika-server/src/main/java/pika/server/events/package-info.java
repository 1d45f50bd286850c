/**
 * Keyspace events: messages to subscribers about what happens to keys. How a command's events are
 * named is declared in its row ({@link pika.server.command.EventNaming}).
 */
@NullMarked
package pika.server.events;

import org.jspecify.annotations.NullMarked;
