/**
 * Bytes and their order: fixed-width and variable-width integers, growable buffers, prefixes, glob
 * patterns. What lives here knows nothing of records, rows or RocksDB.
 */
@NullMarked
package pika.storage.bytes;

import org.jspecify.annotations.NullMarked;
