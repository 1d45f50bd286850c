/**
 * The only package that sees RocksDB. It opens the database, names the column families with their
 * options, and offers point reads, range reads, snapshots and atomic batches over plain bytes.
 * Native handles never leave it; what keys and values mean is not known here.
 */
@NullMarked
package pika.storage.rocks;

import org.jspecify.annotations.NullMarked;
