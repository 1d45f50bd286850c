/** Tests of what packed collections have in common. */
@NullMarked
package pika.storage.packed;

import org.jspecify.annotations.NullMarked;
