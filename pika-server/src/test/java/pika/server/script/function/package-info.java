/** Tests of functions. */
@NullMarked
package pika.server.script.function;

import org.jspecify.annotations.NullMarked;
