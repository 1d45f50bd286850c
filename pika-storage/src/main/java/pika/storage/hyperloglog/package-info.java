/**
 * HyperLogLog: strings that count distinct elements in little room, byte for byte as Redis writes
 * them. Bytes and arithmetic, and the verbs over strings; nothing of commands or replies.
 */
@NullMarked
package pika.storage.hyperloglog;

import org.jspecify.annotations.NullMarked;
