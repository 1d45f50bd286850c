/**
 * Reclaims space: the sweeper removes expired keys, the reaper removes data that was dropped by its
 * header alone. Both work in small steps, so that they never block others for long.
 */
@NullMarked
package pika.storage.expiry;

import org.jspecify.annotations.NullMarked;
