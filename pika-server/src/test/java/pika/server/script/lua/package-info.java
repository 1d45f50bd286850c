@NullMarked
package pika.server.script.lua;

import org.jspecify.annotations.NullMarked;
