package pika.storage.set;

import java.util.ArrayList;
import java.util.List;
import pika.storage.element.Elements;
import pika.storage.element.Probe;

/** Membership tests of several sets for the members of another one, asked in its order. */
final class Probes implements AutoCloseable {
  private final List<Probe> probes = new ArrayList<>();

  /**
   * Creates the tests, which are asked in the order of {@code sets}, for the members of
   * {@code asked}.
   */
  Probes(Elements asked, List<Elements> sets) {
    try {
      sets.forEach(set -> probes.add(set.probe(asked)));
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /** Returns whether all sets contain a member. */
  boolean allContain(byte[] member) {
    for (Probe probe : probes) {
      if (!probe.contains(member)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether any set contains a member. */
  boolean anyContains(byte[] member) {
    for (Probe probe : probes) {
      if (probe.contains(member)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    probes.forEach(Probe::close);
  }
}
