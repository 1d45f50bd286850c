/**
 * Queued commands (MULTI) and watched keys (WATCH), and which watching clients' keys have been
 * changed.
 */
@NullMarked
package pika.server.transaction;

import org.jspecify.annotations.NullMarked;
