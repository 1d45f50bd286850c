/** Tests that expired keys and dropped values are reclaimed. */
@NullMarked
package pika.storage.expiry;

import org.jspecify.annotations.NullMarked;
