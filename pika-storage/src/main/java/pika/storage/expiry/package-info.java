/**
 * What gives space back: the sweeper removes keys whose time is over, the reaper removes what was dropped by its header
 * alone. Both work in small steps, so that they never stand in anybody's way for long.
 */
@NullMarked
package pika.storage.expiry;

import org.jspecify.annotations.NullMarked;
