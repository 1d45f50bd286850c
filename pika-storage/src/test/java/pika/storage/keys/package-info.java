/** Operations on keys of any type, and searches. */
@NullMarked
package pika.storage.keys;

import org.jspecify.annotations.NullMarked;
