/** Operations on keys of any type, and searches. */
@NullMarked
package pika.storage.list;

import org.jspecify.annotations.NullMarked;
