package pika.server.tracking;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys changed by the commands of one step, for listeners to prefixes, who get one message per
 * transaction or script. Used by one thread at a time.
 */
public final class StepChanges {
  private final Set<String> committed = new LinkedHashSet<>();
  private boolean expected;

  /** Records that there is a change; {@link #commit} follows unless it is rolled back. */
  void expect() {
    expected = true;
  }

  /** Returns whether a change was made, even if it was rolled back. */
  public boolean isExpected() {
    return expected;
  }

  /** Adds committed keys. */
  void commit(List<String> keys) {
    committed.addAll(keys);
  }

  /** Returns the keys, each once. */
  List<String> keys() {
    return List.copyOf(committed);
  }
}
