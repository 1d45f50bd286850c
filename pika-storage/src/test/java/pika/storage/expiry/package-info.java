/** That expired keys and dropped values give their space back. */
@NullMarked
package pika.storage.expiry;

import org.jspecify.annotations.NullMarked;
