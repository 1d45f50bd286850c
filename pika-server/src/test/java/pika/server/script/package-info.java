/** Tests of what surrounds the interpreters of scripts. */
@NullMarked
package pika.server.script;

import org.jspecify.annotations.NullMarked;
