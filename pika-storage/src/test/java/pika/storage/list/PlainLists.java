package pika.storage.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model of lists: plain lists of texts by key; an empty one does not exist. */
final class PlainLists {
  private final Map<String, List<String>> lists = new TreeMap<>();

  PlainLists() {}

  PlainLists(PlainLists other) {
    other.lists.forEach((key, list) -> lists.put(key, new ArrayList<>(list)));
  }

  /** A copy of the list. */
  List<String> get(String key) {
    return new ArrayList<>(lists.getOrDefault(key, List.of()));
  }

  void set(String key, List<String> list) {
    if (list.isEmpty()) {
      lists.remove(key);
    } else {
      lists.put(key, new ArrayList<>(list));
    }
  }

  int size() {
    return lists.size();
  }
}
