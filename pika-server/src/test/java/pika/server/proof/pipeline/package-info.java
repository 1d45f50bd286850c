/**
 * Many connections and deep pipelines: every reply in order and right, whatever the others do.
 */
@NullMarked
package pika.server.proof.pipeline;

import org.jspecify.annotations.NullMarked;
