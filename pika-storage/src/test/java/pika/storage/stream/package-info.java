/** Streams and their groups. */
@NullMarked
package pika.storage.stream;

import org.jspecify.annotations.NullMarked;
