/**
 * The instruments of the proof: servers in processes of their own ({@link
 * pika.server.proof.ServerProcess}), a connection that deals in bytes ({@link
 * pika.server.proof.Wire}), the notation in which requests and replies are printed. Nothing here
 * uses a class of the product, so that a mistake of the product cannot hide itself. The proofs live
 * in the packages below: differential, crash, pipeline, clients.
 */
@NullMarked
package pika.server.proof;

import org.jspecify.annotations.NullMarked;
