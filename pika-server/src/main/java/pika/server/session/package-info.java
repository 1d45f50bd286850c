/**
 * Who is connected: the session of each connection, the registry of all of them, the users they
 * log in as, and the pause that holds them back. What commands do with sessions is told in {@code
 * pika.server.commands}, when they run in {@code pika.server.dispatch}.
 */
@NullMarked
package pika.server.session;

import org.jspecify.annotations.NullMarked;
