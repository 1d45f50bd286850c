/**
 * What INFO tells: sections of lines, each put together from the parts that know the figures.
 * Nothing here decides anything.
 */
@NullMarked
package pika.server.info;

import org.jspecify.annotations.NullMarked;
