package pika.server.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pika.net.resp.Reply;

/** The HELP subcommand of every container, generated from its siblings' rows. */
final class Help {
  private Help() {}

  static Reply run(Call call) {
    CommandSpec container = call.spec().parent();
    List<Reply> lines = new ArrayList<>();
    if (container != null) {
      String name = container.name().toUpperCase(Locale.ROOT);
      lines.add(line(name + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"));
      for (CommandSpec sibling : container.subcommands()) {
        String syntax = Syntax.display(sibling.docs().syntax());
        lines.add(line((sibling.name().toUpperCase(Locale.ROOT) + " " + syntax).strip()));
        lines.add(line("    " + sibling.docs().summary()));
      }
    }
    return Reply.array(lines);
  }

  private static Reply line(String text) {
    return Reply.simple(text);
  }
}
