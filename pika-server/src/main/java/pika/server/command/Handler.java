package pika.server.command;

import pika.net.resp.Reply;

/**
 * The code of a command: a function from a call to its reply. It reads the arguments, calls one
 * storage operation and returns a reply; a user's mistake is a {@link CommandException}. It may run
 * again from the start when storage throws {@code WouldBlock}, so anything it changes outside the
 * unit of work must come after its last access to the keyspace.
 */
@FunctionalInterface
public interface Handler {
  Reply run(Call call);
}
