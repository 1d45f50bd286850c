/** What a data directory says about itself before RocksDB is opened, and the lock that keeps a second process out. */
@NullMarked
package pika.storage.manifest;

import org.jspecify.annotations.NullMarked;
