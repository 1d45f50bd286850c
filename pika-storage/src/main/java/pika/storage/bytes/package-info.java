/**
 * Bytes and their order: fixed-width and variable-width integers, growable buffers, ranges, hashes,
 * glob patterns. Knows nothing of records, rows or RocksDB.
 */
@NullMarked
package pika.storage.bytes;

import org.jspecify.annotations.NullMarked;
