/**
 * Who is connected: the session of each connection, the registry of all of them, and the pause
 * that holds them back. What users may do is told in {@code pika.server.acl}. What commands do with sessions is told in {@code
 * pika.server.commands}, when they run in {@code pika.server.dispatch}.
 */
@NullMarked
package pika.server.session;

import org.jspecify.annotations.NullMarked;
