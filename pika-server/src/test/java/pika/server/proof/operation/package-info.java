/**
 * What an operator does to a server, done to a real process: starting it wrong, stopping it, taking
 * snapshots, running out of disk.
 */
@NullMarked
package pika.server.proof.operation;

import org.jspecify.annotations.NullMarked;
