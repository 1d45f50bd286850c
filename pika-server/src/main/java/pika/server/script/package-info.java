/**
 * Scripts as in Redis: their cache, their execution in a per-thread interpreter, the {@code redis}
 * table, and conversion of values.
 */
@NullMarked
package pika.server.script;

import org.jspecify.annotations.NullMarked;
