package pika.server.pubsub;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers to one name that are served by one event loop, at one moment. Immutable to
 * readers: {@link #with} only writes beyond the count, where no older audience looks.
 *
 * @param members valid up to {@code count}
 */
record Audience(Courier courier, @Nullable Receiver[] members, int count) {
  private static final int FIRST_LENGTH = 4;

  static Audience of(Courier courier, Receiver first) {
    @Nullable Receiver[] members = new Receiver[] {first};
    return new Audience(courier, members, 1);
  }

  /**
   * Returns whether both are the same version: nobody has subscribed or unsubscribed in between.
   */
  boolean isSame(Audience other) {
    return members == other.members && count == other.count;
  }

  /**
   * Returns an audience with one more member; only to be called on the newest one, by one thread at
   * a time.
   */
  Audience with(Receiver added) {
    @Nullable
    Receiver[] grown = count < members.length
        ? members
        : Arrays.copyOf(members, Math.max(FIRST_LENGTH, 2 * count));
    grown[count] = added;
    return new Audience(courier, grown, count + 1);
  }

  /** Returns an audience without a member. */
  Audience without(Receiver removed) {
    @Nullable Receiver[] rest = new Receiver[Math.max(FIRST_LENGTH, count)];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (members[i] != removed) {
        rest[kept++] = members[i];
      }
    }
    return new Audience(courier, rest, kept);
  }
}
