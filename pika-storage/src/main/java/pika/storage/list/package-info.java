/**
 * Lists: their form on disk, and reading and changing them at the ends, by index and by value. RESP and option words are
 * not known here.
 */
@NullMarked
package pika.storage.list;

import org.jspecify.annotations.NullMarked;
