/**
 * Sets: their operations, set algebra, and their encoding; the members themselves are handled by
 * {@link pika.storage.element}.
 */
@NullMarked
package pika.storage.set;

import org.jspecify.annotations.NullMarked;
