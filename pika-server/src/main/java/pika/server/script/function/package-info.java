/**
 * Functions: libraries of Lua code that the server keeps (FUNCTION LOAD) and calls by name (FCALL). What is stored is their
 * source; each interpreter runs it for itself. How a script runs is {@code pika.server.script}'s.
 */
@NullMarked
package pika.server.script.function;

import org.jspecify.annotations.NullMarked;
