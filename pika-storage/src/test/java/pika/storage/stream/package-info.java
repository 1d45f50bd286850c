/** Tests of streams and their consumer groups. */
@NullMarked
package pika.storage.stream;

import org.jspecify.annotations.NullMarked;
