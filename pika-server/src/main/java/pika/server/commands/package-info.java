/**
 * The commands: one class per family, its rows first and its handlers below. No family depends on
 * another; its constructor gets what it needs. {@link pika.server.commands.Families} is the only
 * list of all of them.
 */
@NullMarked
package pika.server.commands;

import org.jspecify.annotations.NullMarked;
