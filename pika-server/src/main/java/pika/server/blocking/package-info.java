/**
 * Who waits for which keys: the clients whose blocking command has found nothing, in the order in which they came, and what
 * commits tell about the keys they wait for. Here nothing is executed and no thread is held; the commands are tried again in
 * {@code pika.server.dispatch}.
 */
@NullMarked
package pika.server.blocking;

import org.jspecify.annotations.NullMarked;
