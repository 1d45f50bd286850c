/**
 * Hashes: maps of fields, each of which may expire on its own. Their operations and their encoding;
 * the elements themselves are handled by {@link pika.storage.element}.
 */
@NullMarked
package pika.storage.hash;

import org.jspecify.annotations.NullMarked;
