/** Tests of operations on keys of any type, and of searches. */
@NullMarked
package pika.storage.keys;

import org.jspecify.annotations.NullMarked;
