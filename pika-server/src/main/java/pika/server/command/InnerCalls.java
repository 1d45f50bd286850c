package pika.server.command;

import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;

/**
 * Runs commands on behalf of another one, which is itself being run: as parts of its step, so that all of them take effect
 * together or not at all. Confined to the thread and the time of that command.
 */
public interface InnerCalls {
  /**
   * Runs one command and returns its reply, be it an error; one that has failed leaves nothing behind, what others have done
   * stays. A blocking command doesn't wait. Nothing is checked but the command's own arguments: whether the client has the
   * right to run it is for the caller to ask.
   *
   * <p>May throw what must be let through, whatever it is: the step is then taken back, and the outer command begun anew,
   * here or on another thread.
   *
   * @param protocol the one the reply will be written in
   */
  Reply run(CommandSpec spec, byte[][] args, Protocol protocol);

  /** Counts a command that the caller has refused to run; null stands for one that doesn't exist. */
  void refused(@Nullable CommandSpec spec, CommandException why);
}
