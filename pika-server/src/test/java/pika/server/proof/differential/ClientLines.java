package pika.server.proof.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import pika.server.proof.RawReply;

/** Compares CLIENT INFO and CLIENT LIST: lines of {@code field=value}. */
final class ClientLines {
  /** Fields that both servers must fill alike; addresses, ages and buffer sizes are their own. */
  private static final List<String> COMMON = List.of(
      "name", "flags", "db", "sub", "psub", "ssub", "multi", "cmd", "user", "redir", "resp");

  private ClientLines() {}

  static boolean agree(RawReply oracle, RawReply subject) {
    if (oracle.isError() || oracle.isNil() || oracle.type() != subject.type()) {
      return oracle.equals(subject);
    }
    List<String> expected = oracle.text().lines().toList();
    List<String> actual = subject.text().lines().toList();
    boolean agree = expected.size() == actual.size();
    for (int i = 0; agree && i < expected.size(); i++) {
      agree = lineAgrees(fields(expected.get(i)), fields(actual.get(i)));
    }
    return agree;
  }

  private static boolean lineAgrees(Map<String, String> expected, Map<String, String> actual) {
    return actual.keySet().containsAll(expected.keySet())
        && COMMON.stream().allMatch(f -> Objects.equals(expected.get(f), actual.get(f)));
  }

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : line.split(" ", -1)) {
      String[] parts = pair.split("=", 2);
      fields.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return fields;
  }
}
