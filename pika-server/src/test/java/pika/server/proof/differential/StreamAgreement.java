package pika.server.proof.differential;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import pika.server.proof.RawReply;

/**
 * When two replies about streams say the same. Times may be a little apart; the size of a radix
 * tree is a matter of the implementation; what Redis 7.2 tells and 7.0 doesn't may be there.
 */
final class StreamAgreement implements Agreement {
  private static final Set<String> FREE =
      Set.of("radix-tree-keys", "radix-tree-nodes", "idle", "seen-time");
  private static final Set<String> NEWER = Set.of("inactive", "active-time");
  private static final Set<String> FIRST_FIELDS = Set.of("name", "length");
  private static final Agreement NEAR = Agreement.near(5000);

  @Override
  public boolean agree(RawReply oracle, RawReply subject) {
    if (!oracle.isAggregate() || oracle.type() != subject.type()) {
      return oracle.equals(subject);
    }
    List<RawReply> expected = oracle.elements();
    List<RawReply> actual = subject.elements();
    if (isMap(expected) && isMap(actual)) {
      return agree(fields(expected), fields(actual));
    }
    boolean agree = expected.size() == actual.size();
    // [id consumer time count] or [id time count]: what is pending
    int time = isPending(expected) ? expected.size() - 2 : -1;
    for (int i = 0; agree && i < expected.size(); i++) {
      Agreement rule = i == time ? NEAR : this;
      agree = rule.agree(expected.get(i), actual.get(i));
    }
    return agree;
  }

  private boolean agree(Map<String, RawReply> expected, Map<String, RawReply> actual) {
    actual.keySet().removeIf(name -> NEWER.contains(name) && !expected.containsKey(name));
    boolean agree = expected.keySet().equals(actual.keySet());
    for (String name : expected.keySet()) {
      RawReply value = actual.get(name);
      agree &= FREE.contains(name) || (value != null && agree(expected.get(name), value));
    }
    return agree;
  }

  private static boolean isMap(List<RawReply> elements) {
    return !elements.isEmpty()
        && elements.size() % 2 == 0
        && isText(elements.get(0))
        && FIRST_FIELDS.contains(elements.get(0).text());
  }

  private static boolean isPending(List<RawReply> elements) {
    int size = elements.size();
    return (size == 3 || size == 4)
        && isText(elements.get(0))
        && elements.get(size - 2).type() == ':'
        && elements.get(size - 1).type() == ':';
  }

  private static boolean isText(RawReply reply) {
    return !reply.isAggregate() && !reply.isNil() && reply.type() == '$';
  }

  private static Map<String, RawReply> fields(List<RawReply> elements) {
    Map<String, RawReply> fields = new TreeMap<>();
    for (int i = 0; i + 1 < elements.size(); i += 2) {
      fields.put(elements.get(i).text(), elements.get(i + 1));
    }
    return fields;
  }
}
