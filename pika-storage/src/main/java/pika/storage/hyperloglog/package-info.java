/**
 * HyperLogLogs: strings that estimate numbers of distinct elements, byte for byte as Redis writes
 * them. Knows nothing of commands or replies.
 */
@NullMarked
package pika.storage.hyperloglog;

import org.jspecify.annotations.NullMarked;
