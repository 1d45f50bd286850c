/**
 * Byte strings: their form on disk, and reading and changing them whole or in parts. Bitmaps are
 * strings too; what is special about them lives next door. RESP and option words are not known
 * here.
 */
@NullMarked
package pika.storage.string;

import org.jspecify.annotations.NullMarked;
