/** Scripts as Redis has them: their store, their run in a thread's interpreter, the {@code redis} table, values both ways. */
@NullMarked
package pika.server.script;

import org.jspecify.annotations.NullMarked;
