package pika.server.commands;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import pika.net.resp.Reply;
import pika.server.acl.Selector;
import pika.server.acl.UserRules;
import pika.server.command.Args;

/** Formats a user's rules for ACL GETUSER. */
final class AclReplies {
  private AclReplies() {}

  static Reply user(UserRules rules) {
    List<Reply> fields = new ArrayList<>();
    fields.add(Reply.bulk("flags"));
    fields.add(Reply.set(bulks(rules.flags())));
    fields.add(Reply.bulk("passwords"));
    fields.add(Reply.array(bulks(rules.passwordHashes())));
    fields.addAll(rights(rules.root()));
    fields.add(Reply.bulk("selectors"));
    fields.add(Reply.array(
        rules.selectors().stream().map(selector -> Reply.map(rights(selector))).toList()));
    return Reply.map(fields);
  }

  private static List<Reply> rights(Selector selector) {
    return List.of(
        Reply.bulk("commands"), bulk(selector.commandsText()),
        Reply.bulk("keys"), bulk(selector.keysText()),
        Reply.bulk("channels"), bulk(selector.channelsText()));
  }

  private static List<Reply> bulks(Collection<String> texts) {
    return texts.stream().map(AclReplies::bulk).toList();
  }

  /** Returns a bulk string of a text with one char per byte. */
  private static Reply bulk(String text) {
    return Reply.bulk(Args.bytes(text));
  }
}
