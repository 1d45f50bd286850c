/**
 * Sorted sets: members ordered by score. What lives here knows nothing of RESP or argument syntax;
 * the layout of bytes is defined by {@link pika.storage.zset.SortedSetFormat} alone.
 */
@NullMarked
package pika.storage.zset;

import org.jspecify.annotations.NullMarked;
