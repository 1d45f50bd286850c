/**
 * Client-side caching: which client has read what, and whom to tell when it changes. The options of
 * CLIENT TRACKING are parsed in {@code pika.server.commands} and stored in the session.
 */
@NullMarked
package pika.server.tracking;

import org.jspecify.annotations.NullMarked;
