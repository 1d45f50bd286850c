/** What collections packed into their record have in common. Knows bytes and limits only. */
@NullMarked
package pika.storage.packed;

import org.jspecify.annotations.NullMarked;
