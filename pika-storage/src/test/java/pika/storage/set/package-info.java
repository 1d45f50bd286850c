/** Tests of sets. */
@NullMarked
package pika.storage.set;

import org.jspecify.annotations.NullMarked;
