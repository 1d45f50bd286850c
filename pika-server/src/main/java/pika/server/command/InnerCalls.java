package pika.server.command;

import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;

/**
 * Runs commands on behalf of a running one, as parts of its step: all of them take effect together
 * or not at all. Confined to the thread that runs both.
 */
public interface InnerCalls {
  /**
   * Runs one command and returns its reply, which may be an error; a failed command leaves no
   * changes, those of others stay. A blocking command does not wait. Only the command's own
   * arguments are checked: checking the client's permissions is up to the caller.
   *
   * <p>Exceptions must be let through: the step is then rolled back, and the outer command starts
   * again, here or on another thread.
   *
   * @param outer the running command
   * @param protocol the protocol the reply will be written in
   */
  Reply run(Call outer, CommandSpec spec, byte[][] args, Protocol protocol);

  /** Counts a command that the caller refused to run; null stands for one that doesn't exist. */
  void refused(@Nullable CommandSpec spec, CommandException why);
}
