package pika.server.script;

import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.command.CommandException;

/**
 * What a script can ask of the server while it runs. Any unchecked exception other than those
 * documented ends the script and is rethrown from its run: its effects are rolled back, and it may
 * be restarted.
 */
public interface ScriptCalls {
  /**
   * Runs a command.
   *
   * @param protocol the protocol in which the script reads the reply
   * @throws CommandException if the script may not call it
   */
  Reply run(byte[][] args, Protocol protocol);

  /**
   * Returns whether the client that runs the script may call the command.
   *
   * @throws CommandException if there is no such command
   */
  boolean isAllowed(byte[][] args);
}
