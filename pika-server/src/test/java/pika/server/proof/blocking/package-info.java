/** Clients that wait in blocking commands: who is served, in which order, and what they cost. */
@NullMarked
package pika.server.proof.blocking;

import org.jspecify.annotations.NullMarked;
