/**
 * SIGKILL in the middle of writes: every acknowledged write is there after the restart, and none
 * is torn.
 */
@NullMarked
package pika.server.proof.crash;

import org.jspecify.annotations.NullMarked;
