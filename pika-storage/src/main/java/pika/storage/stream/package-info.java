/**
 * Streams: logs of entries in the order of their ids, and the groups of consumers that read them.
 * {@link pika.storage.stream.StreamFormat} draws what stands on disk; {@link
 * pika.storage.stream.Streams} is the way in. Nothing of commands or replies.
 */
@NullMarked
package pika.storage.stream;

import org.jspecify.annotations.NullMarked;
