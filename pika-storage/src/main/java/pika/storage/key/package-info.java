/**
 * Keys, records, locks and the write path: lock the key, read the live record, change it, commit
 * everything in one batch, run one commit hook. Every data type is built on
 * {@link pika.storage.key.Keyspace}; none of them sees RocksDB, the record cache or the counters.
 */
@NullMarked
package pika.storage.key;

import org.jspecify.annotations.NullMarked;
