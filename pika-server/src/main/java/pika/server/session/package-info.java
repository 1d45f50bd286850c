/**
 * Connected clients: the session of each connection, the registry of all of them, and the pause
 * that holds them back. Permissions are in {@code pika.server.acl}, commands in
 * {@code pika.server.commands}, scheduling in {@code pika.server.dispatch}.
 */
@NullMarked
package pika.server.session;

import org.jspecify.annotations.NullMarked;
