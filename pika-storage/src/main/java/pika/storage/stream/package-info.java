/**
 * Streams: logs of entries in the order of their ids, and the consumer groups that read them.
 * {@link pika.storage.stream.StreamFormat} defines the encoding;
 * {@link pika.storage.stream.Streams} is the entry point. Knows nothing of commands or replies.
 */
@NullMarked
package pika.storage.stream;

import org.jspecify.annotations.NullMarked;
