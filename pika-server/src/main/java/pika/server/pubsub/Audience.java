package pika.server.pubsub;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Those who listen to one name and are served by one event loop, at one moment. Immutable to those
 * who read it: {@link #with} writes behind the count only, into room that no older audience sees.
 *
 * @param members valid up to {@code count}
 */
record Audience(Courier courier, @Nullable Receiver[] members, int count) {
  private static final int FIRST_LENGTH = 4;

  static Audience of(Courier courier, Receiver first) {
    @Nullable Receiver[] members = new Receiver[] {first};
    return new Audience(courier, members, 1);
  }

  /** Whether it is the same moment's, of the same name: nobody has come or gone between the two. */
  boolean isSame(Audience other) {
    return members == other.members && count == other.count;
  }

  /** One more; only to be called on the newest audience, by one thread at a time. */
  Audience with(Receiver added) {
    @Nullable
    Receiver[] grown = count < members.length
        ? members
        : Arrays.copyOf(members, Math.max(FIRST_LENGTH, 2 * count));
    grown[count] = added;
    return new Audience(courier, grown, count + 1);
  }

  /** One less. */
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
