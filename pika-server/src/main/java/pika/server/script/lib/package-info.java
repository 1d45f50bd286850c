/**
 * The libraries that scripts find beside Lua's own: cjson, cmsgpack, struct and bit. What walks through Lua values is written in
 * Lua (the resources of this package), since each step of Java into native code costs as much as many instructions of Lua; Java
 * stands in front, so that a script calls a native function and errors name its line.
 */
@NullMarked
package pika.server.script.lib;

import org.jspecify.annotations.NullMarked;
