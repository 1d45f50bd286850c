/** Units of work: what they see, what they leave on disk, and what they do to each other. */
@NullMarked
package pika.storage.key;

import org.jspecify.annotations.NullMarked;
