/**
 * The libraries that scripts have besides Lua's own: cjson, cmsgpack, struct and bit. Code that
 * traverses Lua values is written in Lua (the resources of this package), because each call from
 * Java into native code costs as much as many Lua instructions; it is wrapped by Java, so that
 * scripts call native functions and errors name the script's line.
 */
@NullMarked
package pika.server.script.lib;

import org.jspecify.annotations.NullMarked;
