/**
 * Pure functions over byte arrays: patterns, order-preserving encodings, readers and writers. Nothing
 * here knows a key layout, RocksDB or a command.
 */
@NullMarked
package pika.storage.bytes;

import org.jspecify.annotations.NullMarked;
