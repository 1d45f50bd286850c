/**
 * Lua 5.1 within the process: interpreters, their values, and functions written in Java. Knows
 * nothing of commands, sessions or data.
 */
@NullMarked
package pika.server.script.lua;

import org.jspecify.annotations.NullMarked;
