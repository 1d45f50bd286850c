package pika.server.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import pika.server.session.Session;

/** The clients told of all keys with a prefix, whoever has read them. Thread-safe. */
final class Broadcasts {
  private final Map<String, Set<Session>> byPrefix = new ConcurrentSkipListMap<>();

  /** Receives the keys to announce to the listeners of one prefix. */
  interface Announcement {
    void tell(List<String> keys, Set<Session> sessions);
  }

  void add(Session session, List<String> prefixes) {
    for (String prefix : prefixes) {
      byPrefix.compute(prefix, (name, present) -> {
        Set<Session> sessions = present == null ? ConcurrentHashMap.newKeySet() : present;
        sessions.add(session);
        return sessions;
      });
    }
  }

  void remove(Session session, List<String> prefixes) {
    for (String prefix : prefixes) {
      byPrefix.computeIfPresent(prefix, (name, sessions) -> {
        sessions.remove(session);
        return sessions.isEmpty() ? null : sessions;
      });
    }
  }

  boolean isEmpty() {
    return byPrefix.isEmpty();
  }

  int prefixes() {
    return byPrefix.size();
  }

  /** Announces keys, prefix by prefix in order. */
  void announce(List<String> keys, Announcement announcement) {
    List<String> sorted = keys.stream().sorted().toList();
    byPrefix.forEach((prefix, sessions) -> {
      List<String> matching = new ArrayList<>();
      for (String key : sorted) {
        if (key.startsWith(prefix)) {
          matching.add(key);
        }
      }
      if (!matching.isEmpty()) {
        announcement.tell(matching, sessions);
      }
    });
  }
}
