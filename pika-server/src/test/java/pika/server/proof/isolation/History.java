package pika.server.proof.isolation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What transactions over lists have seen: each appends its number to some lists and reads others.
 * Because nothing is ever removed, what was read tells which transactions came before, and the
 * whole can be checked for an order in which they could have run one after the other (after "Elle:
 * Inferring Isolation Anomalies from Experimental Observations", Kingsbury and Alvaro, 2020).
 */
final class History {
  private final List<Transaction> transactions = new ArrayList<>();

  /**
   * One transaction that has been answered.
   *
   * @param begunNanos when its client sent it
   * @param endedNanos when its client had the answer
   * @param read what each list that it read held then, its own number included if it had appended
   *     it
   */
  record Transaction(
      int number, long begunNanos, long endedNanos, Map<String, List<Integer>> read) {}

  synchronized void add(Transaction transaction) {
    transactions.add(transaction);
  }

  /** How many there are. */
  synchronized int size() {
    return transactions.size();
  }

  /**
   * Says what is wrong, or nothing.
   *
   * @param last what the lists hold in the end
   */
  synchronized String problem(Map<String, List<Integer>> last) {
    Map<Integer, List<Integer>> after = new HashMap<>();
    transactions.forEach(each -> after.put(each.number, new ArrayList<>()));
    for (Transaction each : transactions) {
      for (Map.Entry<String, List<Integer>> read : each.read.entrySet()) {
        List<Integer> all = last.getOrDefault(read.getKey(), List.of());
        int length = read.getValue().size();
        if (length > all.size() || !all.subList(0, length).equals(read.getValue())) {
          return each.number + " has read of " + read.getKey() + " " + read.getValue()
              + ", which is not how it began in the end: " + all;
        }
        if (length > 0 && all.get(length - 1) != each.number) {
          order(after, all.get(length - 1), each.number);
        }
        if (length < all.size()) {
          order(after, each.number, all.get(length));
        }
      }
    }
    for (Transaction one : transactions) {
      for (Transaction other : transactions) {
        if (one.endedNanos < other.begunNanos) {
          order(after, one.number, other.number);
        }
      }
    }
    return cycle(after);
  }

  private static void order(Map<Integer, List<Integer>> after, int first, int second) {
    // One that was never answered may have run all the same; it orders nothing.
    List<Integer> later = after.get(first);
    if (later != null && after.containsKey(second)) {
      later.add(second);
    }
  }

  /** Takes away what nothing comes before, as long as there is any. */
  private static String cycle(Map<Integer, List<Integer>> after) {
    Map<Integer, Integer> before = new HashMap<>();
    after.keySet().forEach(number -> before.put(number, 0));
    after.values().forEach(later -> later.forEach(number -> before.merge(number, 1, Integer::sum)));
    Deque<Integer> first = new ArrayDeque<>();
    before.forEach((number, count) -> {
      if (count == 0) {
        first.add(number);
      }
    });
    int ordered = 0;
    while (!first.isEmpty()) {
      ordered++;
      for (int later : after.getOrDefault(first.remove(), List.of())) {
        if (before.merge(later, -1, Integer::sum) == 0) {
          first.add(later);
        }
      }
    }
    if (ordered == after.size()) {
      return "";
    }
    before.values().removeIf(count -> count == 0);
    return "no order of these explains what they have read: " + before.keySet();
  }
}
