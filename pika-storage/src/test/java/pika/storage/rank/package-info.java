/** Operations on keys of any type, and searches. */
@NullMarked
package pika.storage.rank;

import org.jspecify.annotations.NullMarked;
