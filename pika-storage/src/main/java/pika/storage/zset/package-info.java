/**
 * Sorted sets: members with scores, in the order of the scores. What lives here knows nothing of RESP or of the spelling
 * of arguments; where the bytes stand is told by {@link pika.storage.zset.SortedSetFormat} alone.
 */
@NullMarked
package pika.storage.zset;

import org.jspecify.annotations.NullMarked;
