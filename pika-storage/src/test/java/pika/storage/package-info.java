/** The store as a whole: what survives closing, crashing and copying. */
@NullMarked
package pika.storage;

import org.jspecify.annotations.NullMarked;
