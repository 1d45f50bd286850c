package pika.server.tracking;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys that the commands of one step have changed, for those who are told of all of them at once: who listens to a prefix
 * hears of a transaction, or of a script, in one message. Used by one thread at a time.
 */
public final class StepChanges {
  private final Set<String> committed = new LinkedHashSet<>();
  private boolean expected;

  /** Something has been changed; {@link #commit} comes unless that is taken back. */
  void expect() {
    expected = true;
  }

  /** Whether a change has been made, even if it was taken back. */
  public boolean isExpected() {
    return expected;
  }

  /** What was changed is committed. */
  void commit(List<String> keys) {
    committed.addAll(keys);
  }

  /** Every key once. */
  List<String> keys() {
    return List.copyOf(committed);
  }
}
