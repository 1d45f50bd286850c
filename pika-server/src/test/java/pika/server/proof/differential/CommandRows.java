package pika.server.proof.differential;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import pika.server.proof.RawReply;

/** Compares the rows of COMMAND INFO as far as clients route by them. */
final class CommandRows {
  /**
   * Of a row: name, arity, flags, first key, last key, step, ACL categories; then tips and more.
   */
  private static final int FLAGS = 2;

  private static final int CATEGORIES = 6;

  private CommandRows() {}

  static boolean agree(RawReply oracle, RawReply subject) {
    if (!oracle.isAggregate() || oracle.type() != subject.type()) {
      return oracle.equals(subject);
    }
    List<RawReply> expected = oracle.elements();
    List<RawReply> actual = subject.elements();
    boolean agree = expected.size() == actual.size();
    for (int i = 0; agree && i < expected.size(); i++) {
      agree = rowAgrees(expected.get(i), actual.get(i));
    }
    return agree;
  }

  private static boolean rowAgrees(RawReply expected, RawReply actual) {
    if (!expected.isAggregate() || !actual.isAggregate()) {
      return expected.equals(actual);
    }
    return clientsView(expected).equals(clientsView(actual));
  }

  private static String clientsView(RawReply row) {
    List<RawReply> columns = row.elements();
    StringBuilder view = new StringBuilder();
    for (int i = 0; i <= CATEGORIES && i < columns.size(); i++) {
      RawReply column = columns.get(i);
      view.append(i == FLAGS || i == CATEGORIES ? sorted(column) : column.inFull())
          .append(' ');
    }
    return view.toString();
  }

  private static String sorted(RawReply words) {
    return words.type()
        + words.elements().stream()
            .map(RawReply::inFull)
            .collect(Collectors.toCollection(TreeSet::new))
            .toString();
  }
}
