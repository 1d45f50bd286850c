package pika.server.command;

import pika.net.resp.Reply;

/**
 * The code of a command: a function from a call to its reply. It reads the arguments, calls one
 * verb of the storage and says a reply; a user's mistake is a {@link CommandException}. It may be
 * run again from the start when the storage answers {@code WouldBlock}, so whatever it changes
 * outside the unit of work must come after the last access to the keyspace.
 */
@FunctionalInterface
public interface Handler {
  Reply run(Call call);
}
