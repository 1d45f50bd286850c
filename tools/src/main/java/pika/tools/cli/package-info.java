/**
 * Options shared by several tools: sizes with units, the address of a server. Nothing here does any
 * work.
 */
@NullMarked
package pika.tools.cli;

import org.jspecify.annotations.NullMarked;
