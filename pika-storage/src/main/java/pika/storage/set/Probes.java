package pika.storage.set;

import java.util.ArrayList;
import java.util.List;
import pika.storage.element.Elements;
import pika.storage.element.Probe;

/** What several sets are asked whether they have the members of another one, in its order. */
final class Probes implements AutoCloseable {
  private final List<Probe> probes = new ArrayList<>();

  /** Asks {@code sets}, in their order, for the members of {@code asked}. */
  Probes(Elements asked, List<Elements> sets) {
    try {
      sets.forEach(set -> probes.add(set.probe(asked)));
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /** Whether all of them have a member. */
  boolean allContain(byte[] member) {
    for (Probe probe : probes) {
      if (!probe.contains(member)) {
        return false;
      }
    }
    return true;
  }

  /** Whether any of them has a member. */
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
