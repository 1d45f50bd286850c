/**
 * Functions: libraries of Lua code that the server stores (FUNCTION LOAD) and calls by name
 * (FCALL). Their source is stored; each interpreter runs it for itself. Execution is shared with
 * {@code pika.server.script}.
 */
@NullMarked
package pika.server.script.function;

import org.jspecify.annotations.NullMarked;
