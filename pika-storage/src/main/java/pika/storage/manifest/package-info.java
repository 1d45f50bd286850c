/**
 * What a data directory says about itself before RocksDB is opened, and the lock that keeps other
 * processes out.
 */
@NullMarked
package pika.storage.manifest;

import org.jspecify.annotations.NullMarked;
