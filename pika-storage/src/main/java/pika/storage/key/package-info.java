/**
 * Keys, records and the one write template: locks, live record, change, one batch, one commit hook. Every data type is
 * built on {@link pika.storage.key.Keyspace}; none of them sees RocksDB, the record cache or the counters.
 */
@NullMarked
package pika.storage.key;

import org.jspecify.annotations.NullMarked;
