package pika.server.pubsub;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Those who listen to one name and are served by one event loop, at one moment. Immutable to those
 * who read it: {@link #with} writes behind the count only, into room that no older audience sees.
 *
 * @param members valid up to {@code count}
 */
record Audience(Courier courier, @Nullable Subscription[] members, int count) {
  private static final int FIRST_LENGTH = 4;

  static Audience of(Courier courier, Subscription first) {
    @Nullable Subscription[] members = new Subscription[] {first};
    return new Audience(courier, members, 1);
  }

  /** One more; only to be called on the newest audience, by one thread at a time. */
  Audience with(Subscription added) {
    @Nullable
    Subscription[] grown = count < members.length
        ? members
        : Arrays.copyOf(members, Math.max(FIRST_LENGTH, 2 * count));
    grown[count] = added;
    return new Audience(courier, grown, count + 1);
  }

  /** One less. */
  Audience without(Subscription removed) {
    @Nullable Subscription[] rest = new Subscription[Math.max(FIRST_LENGTH, count)];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (members[i] != removed) {
        rest[kept++] = members[i];
      }
    }
    return new Audience(courier, rest, kept);
  }
}
