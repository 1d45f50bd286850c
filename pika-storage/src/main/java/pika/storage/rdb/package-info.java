/**
 * Values as Redis serializes them in RDB files and DUMP payloads: read in every encoding that Redis
 * has had, written in the plainest. Parsing and writing happens here, interpretation in the data
 * types.
 */
@NullMarked
package pika.storage.rdb;

import org.jspecify.annotations.NullMarked;
