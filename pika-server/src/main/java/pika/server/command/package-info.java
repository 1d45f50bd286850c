/**
 * The language commands are written in: a {@link pika.server.command.Row} describes a command next
 * to its code, {@link pika.server.command.CommandTable} finds it by name, and a
 * {@link pika.server.command.Call} is what its handler sees. Everything that needs to know
 * something about a command (dispatch, key locks, ACL categories, COMMAND DOCS, MONITOR) reads that
 * one row.
 *
 * <p>No command lives here, and nothing here knows sockets, threads or the dispatcher.
 */
@NullMarked
package pika.server.command;

import org.jspecify.annotations.NullMarked;
