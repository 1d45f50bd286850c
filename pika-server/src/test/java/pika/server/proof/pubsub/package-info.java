/** Messages under way: who gets which, in which order, and what happens to those who don't read. */
@NullMarked
package pika.server.proof.pubsub;

import org.jspecify.annotations.NullMarked;
