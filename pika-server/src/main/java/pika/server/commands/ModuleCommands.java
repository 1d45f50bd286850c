package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Flag.NO_ASYNC_LOADING;
import static pika.server.command.Flag.PROTECTED;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;

import java.util.List;
import pika.net.resp.Reply;
import pika.server.command.Family;
import pika.server.command.Row;

/**
 * MODULE: there are none, and none can be loaded, as in a Redis with {@code enable-module-command}
 * set to no: {@link pika.server.dispatch.Protection} refuses it.
 */
final class ModuleCommands implements Family {
  @Override
  public List<Row> commands() {
    return List.of(container("module")
        .is(SERVER, "4.0.0", "Accepts the MODULE commands of clients; modules are not supported.")
        .with(
            command("list", 2, ADMIN, NOSCRIPT)
                .is(
                    SERVER,
                    "4.0.0",
                    "O(N) where N is the number of loaded modules.",
                    "Returns an empty list: modules are not supported.",
                    "")
                .tips("nondeterministic_output_order")
                .runs(call -> Reply.EMPTY_ARRAY),
            refused("load", -3, "4.0.0", "path [arg...]"),
            refused("loadex", -3, "7.0.0", "path [CONFIG (name value)]... [ARGS arg...]"),
            refused("unload", 3, "4.0.0", "name"),
            help(SERVER, "5.0.0")));
  }

  private static Row refused(String name, int arity, String since, String syntax) {
    return command(name, arity, ADMIN, NOSCRIPT, NO_ASYNC_LOADING, PROTECTED)
        .is(SERVER, since, "O(1)", "Rejects the call: modules are not supported.", syntax)
        .runs(call -> {
          throw new IllegalStateException("a protected command was let through");
        });
  }
}
