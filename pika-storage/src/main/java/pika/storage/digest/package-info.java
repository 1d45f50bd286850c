/**
 * Digests of values and whole databases, equal to those of Redis' DEBUG DIGEST: two servers with
 * equal digests hold the same data, however it is stored.
 */
@NullMarked
package pika.storage.digest;

import org.jspecify.annotations.NullMarked;
