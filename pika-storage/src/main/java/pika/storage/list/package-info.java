/**
 * Lists: their encoding, and access to them at the ends, by index and by value. Knows nothing of
 * RESP or option words.
 */
@NullMarked
package pika.storage.list;

import org.jspecify.annotations.NullMarked;
