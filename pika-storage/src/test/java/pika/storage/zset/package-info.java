/** Tests of sorted sets. */
@NullMarked
package pika.storage.zset;

import org.jspecify.annotations.NullMarked;
