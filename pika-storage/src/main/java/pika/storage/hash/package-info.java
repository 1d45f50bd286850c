/**
 * Hashes: maps of fields, each of which may expire by itself. Their verbs, and how they are stored; the elements themselves
 * are the matter of {@link pika.storage.element}.
 */
@NullMarked
package pika.storage.hash;

import org.jspecify.annotations.NullMarked;
