package pika.server.script;

import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.command.CommandException;

/**
 * What a script can ask of the server while it runs. Any other unchecked exception than those named ends the script, and
 * comes out of its run as it is: nothing of what it did remains, and it may be begun anew.
 */
public interface ScriptCalls {
  /**
   * Runs a command.
   *
   * @param protocol the one in which the script reads the reply
   * @throws CommandException if the script may not call it
   */
  Reply run(byte[][] args, Protocol protocol);

  /**
   * Whether the client that runs the script may call the command.
   *
   * @throws CommandException if there is no such command
   */
  boolean isAllowed(byte[][] args);
}
