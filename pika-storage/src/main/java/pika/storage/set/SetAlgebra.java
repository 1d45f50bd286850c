package pika.storage.set;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import pika.storage.bytes.Slice;
import pika.storage.element.Elements;

/**
 * Union, intersection and difference of sets of one database inside one unit of work. A result is
 * either returned, or stored under a key, replacing whatever is there, without expiry; an empty
 * result deletes the key. If a source key holds another type, every method throws
 * {@link pika.storage.key.WrongTypeException}. Confined to the thread of its unit.
 */
public final class SetAlgebra {
  private final Sets sets;

  /** Creates the operations over the sets of one database. */
  public SetAlgebra(Sets sets) {
    this.sets = sets;
  }

  /** Returns the members of all sets. */
  public List<Slice> intersection(List<byte[]> userKeys) {
    return listed(sink -> intersect(open(userKeys), sink));
  }

  /** Returns the members of any of the sets. */
  public List<Slice> union(List<byte[]> userKeys) {
    Set<ByteBuffer> seen = new HashSet<>();
    List<Slice> union = new ArrayList<>();
    for (Elements members : open(userKeys)) {
      members.forEach((member, nothing) -> {
        if (seen.add(ByteBuffer.wrap(member.array(), member.offset(), member.length()))) {
          union.add(member);
        }
        return true;
      });
    }
    return union;
  }

  /** Returns the members of the first set that are in none of the others. */
  public List<Slice> difference(List<byte[]> userKeys) {
    return listed(sink -> subtract(open(userKeys), sink));
  }

  /** Returns the size of the intersection, counted up to {@code limit}. */
  public long intersectionSize(List<byte[]> userKeys, long limit) {
    long[] count = {0};
    intersect(open(userKeys), member -> ++count[0] < limit);
    return count[0];
  }

  /** Stores the intersection; returns its size. */
  public long storeIntersection(byte[] target, List<byte[]> userKeys) {
    return stored(target, sink -> intersect(open(userKeys), sink));
  }

  /** Stores the union; returns its size. */
  public long storeUnion(byte[] target, List<byte[]> userKeys) {
    List<Elements> sources = open(userKeys);
    OpenSet result = sets.replace(target);
    for (Elements members : sources) {
      members.forEach((member, nothing) -> {
        result.add(member.toByteArray());
        return true;
      });
    }
    return saved(result);
  }

  /** Stores the difference between the first set and the others; returns its size. */
  public long storeDifference(byte[] target, List<byte[]> userKeys) {
    return stored(target, sink -> subtract(open(userKeys), sink));
  }

  /** Receives members one by one, each once; returns false to stop. */
  private interface Sink extends Predicate<Slice> {}

  private static List<Slice> listed(Consumer<Sink> source) {
    List<Slice> members = new ArrayList<>();
    source.accept(members::add);
    return members;
  }

  private long stored(byte[] target, Consumer<Sink> source) {
    OpenSet result = sets.replace(target);
    source.accept(member -> {
      result.addNew(member.toByteArray());
      return true;
    });
    return saved(result);
  }

  private static long saved(OpenSet result) {
    result.save();
    return result.members().size();
  }

  /** Opens all sets first, so that a key of another type is found before anything is done. */
  private List<Elements> open(List<byte[]> userKeys) {
    List<Elements> opened = new ArrayList<>(userKeys.size());
    userKeys.forEach(userKey -> opened.add(sets.members(userKey)));
    return opened;
  }

  /** Looks up each member of the smallest set in the others, the smaller ones first. */
  private static void intersect(List<Elements> sources, Sink sink) {
    List<Elements> bySize = new ArrayList<>(sources);
    bySize.sort(Comparator.comparingLong(Elements::size));
    Elements smallest = bySize.get(0);
    try (Probes others = new Probes(smallest, bySize.subList(1, bySize.size()))) {
      smallest.forEach((member, nothing) -> {
        boolean inAll = others.allContain(member.toByteArray());
        return !inAll || sink.test(member);
      });
    }
  }

  /** Looks up each member of the first set in the others, the larger ones first. */
  private static void subtract(List<Elements> sources, Sink sink) {
    Elements first = sources.get(0);
    List<Elements> bySize = new ArrayList<>(sources.subList(1, sources.size()));
    bySize.sort(Comparator.comparingLong(Elements::size).reversed());
    try (Probes others = new Probes(first, bySize)) {
      first.forEach((member, nothing) -> {
        boolean inAny = others.anyContains(member.toByteArray());
        return inAny || sink.test(member);
      });
    }
  }
}
