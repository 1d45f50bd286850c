/**
 * What the options of several tools share: sizes with units, the address of a server. Nothing that
 * does work.
 */
@NullMarked
package pika.tools.cli;

import org.jspecify.annotations.NullMarked;
