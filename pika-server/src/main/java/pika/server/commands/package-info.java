/**
 * The commands: one class per family, its rows first and its handlers below. No family depends on
 * another; what a family needs it is given by its constructor. {@link
 * pika.server.commands.Families} is the one list of them all.
 */
@NullMarked
package pika.server.commands;

import org.jspecify.annotations.NullMarked;
