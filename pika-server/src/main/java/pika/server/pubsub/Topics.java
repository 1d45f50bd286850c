package pika.server.pubsub;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The names of one kind that have subscribers; others are not stored. Thread-safe. */
final class Topics {
  private final Couriers couriers;
  private final Map<String, Topic> byName = new ConcurrentHashMap<>();

  Topics(Couriers couriers) {
    this.couriers = couriers;
  }

  void add(Subscription subscription) {
    Courier courier = couriers.of(subscription.connection().loop());
    byName.compute(subscription.name(), (name, present) -> {
      Topic topic = present == null ? new Topic(name) : present;
      topic.add(courier, subscription);
      return topic;
    });
  }

  void remove(Subscription subscription) {
    byName.computeIfPresent(subscription.name(), (name, topic) -> {
      topic.remove(subscription);
      return topic.isEmpty() ? null : topic;
    });
  }

  @Nullable
  Topic find(String name) {
    return byName.isEmpty() ? null : byName.get(name);
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  int size() {
    return byName.size();
  }

  Collection<Topic> all() {
    return byName.values();
  }
}
