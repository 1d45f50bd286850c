/**
 * Values in the form in which Redis writes them into its RDB files and DUMP payloads: read in every encoding that Redis
 * has had, written in the plainest. The bytes are told here, what becomes of them by the data types.
 */
@NullMarked
package pika.storage.rdb;

import org.jspecify.annotations.NullMarked;
