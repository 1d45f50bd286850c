/**
 * Fingerprints of values and of whole databases, the same that Redis' DEBUG DIGEST gives: two servers that give the same one
 * hold the same data, in whatever form they keep it.
 */
@NullMarked
package pika.storage.digest;

import org.jspecify.annotations.NullMarked;
