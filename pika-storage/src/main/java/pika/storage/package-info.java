/**
 * The entry point of the storage engine: {@link pika.storage.Store} opens a data directory and
 * hands out units of work. It knows nothing of the network or of RESP.
 */
@NullMarked
package pika.storage;

import org.jspecify.annotations.NullMarked;
