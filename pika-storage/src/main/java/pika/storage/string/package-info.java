/**
 * Byte strings: their encoding, and reading and changing them as a whole or in parts. Bitmaps are
 * strings too; their operations are in {@code pika.storage.bitmap}. Knows nothing of RESP or option
 * words.
 */
@NullMarked
package pika.storage.string;

import org.jspecify.annotations.NullMarked;
