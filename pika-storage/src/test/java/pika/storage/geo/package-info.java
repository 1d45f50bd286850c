/** Distances and what they are made of. */
@NullMarked
package pika.storage.geo;

import org.jspecify.annotations.NullMarked;
