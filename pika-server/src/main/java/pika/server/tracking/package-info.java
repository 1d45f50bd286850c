/**
 * Help for clients that cache: who has read what, and who is told when it changes. What a client says
 * about its wishes is parsed in {@code pika.server.commands} and kept in its session.
 */
@NullMarked
package pika.server.tracking;

import org.jspecify.annotations.NullMarked;
