package pika.storage.set;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.element.Element;
import pika.storage.element.ElementFilter;
import pika.storage.element.ElementVisitor;
import pika.storage.element.Elements;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WrongTypeException;

/**
 * The sets of one database inside one unit of work. A missing key is an empty set, and an empty set
 * is not stored. If a key holds another type, every method throws {@link WrongTypeException}.
 * Changes keep the key's expiry. Confined to the thread of its unit.
 */
public final class Sets {
  private final Keyspace keyspace;
  private final SetLimits limits;

  /**
   * Creates the view.
   *
   * @param limits up to which size sets are small
   */
  public Sets(Keyspace keyspace, SetLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  // ---- reading

  /** Returns whether the set contains a member. */
  public boolean contains(byte[] userKey, byte[] member) {
    return members(userKey).contains(member);
  }

  /** Returns the number of members; reads only the record. */
  public long size(byte[] userKey) {
    KeyRecord record = keyspace.touch(userKey);
    if (record == null) {
      return 0;
    }
    if (record.type() != DataType.SET) {
      throw new WrongTypeException();
    }
    return OpenSet.size(record);
  }

  /**
   * Returns the members, for reading: {@link Elements} with empty values; empty when there is no
   * such key.
   */
  public Elements members(byte[] userKey) {
    return open(userKey).members();
  }

  /**
   * Visits a page of about {@code count} members and returns the next position, as
   * {@link Elements#page} does.
   */
  public long page(byte[] userKey, long position, long count, ElementVisitor visitor) {
    return members(userKey).page(position, count, visitor);
  }

  /** Returns a random member, null when there is none. */
  public @Nullable Slice draw(byte[] userKey, RandomGenerator random) {
    Element drawn = members(userKey).draw(ElementFilter.ALL, random);
    return drawn == null ? null : drawn.name();
  }

  /** Returns different random members; all of them when there are no more than {@code count}. */
  public List<Slice> drawDistinct(byte[] userKey, long count, RandomGenerator random) {
    return names(members(userKey).drawDistinct(count, ElementFilter.ALL, random));
  }

  /** Returns {@code count} random members, drawn with replacement; none when the set is empty. */
  public List<Slice> drawRepeatedly(byte[] userKey, int count, RandomGenerator random) {
    return names(members(userKey).drawRepeatedly(count, ElementFilter.ALL, random));
  }

  private static List<Slice> names(List<Element> drawn) {
    List<Slice> names = new ArrayList<>(drawn.size());
    drawn.forEach(member -> names.add(member.name()));
    return names;
  }

  // ---- writing

  /** Adds members; returns how many are new. */
  public long add(byte[] userKey, List<byte[]> members) {
    OpenSet set = open(userKey);
    long added = 0;
    for (byte[] member : members) {
      if (set.add(member)) {
        added++;
      }
    }
    set.save();
    return added;
  }

  /** Removes members; returns how many existed. */
  public long remove(byte[] userKey, List<byte[]> members) {
    OpenSet set = open(userKey);
    long removed = 0;
    for (byte[] member : members) {
      if (set.remove(member)) {
        removed++;
      }
    }
    set.save();
    return removed;
  }

  /**
   * Moves a member from one set to another, which may already contain it; returns false when the
   * first does not.
   */
  public boolean move(byte[] userKey, byte[] otherUserKey, byte[] member) {
    KeyRecord record = keyspace.get(userKey);
    if (record == null) {
      return false;
    }
    OpenSet from = open(userKey);
    OpenSet to = open(otherUserKey);
    if (Arrays.equals(userKey, otherUserKey)) {
      return from.members().contains(member);
    }
    if (!from.remove(member)) {
      return false;
    }
    from.save();
    to.add(member);
    to.save();
    return true;
  }

  /** Removes and returns a random member, null when there is none. */
  public @Nullable Slice pop(byte[] userKey, RandomGenerator random) {
    OpenSet set = open(userKey);
    Element drawn = set.members().draw(ElementFilter.ALL, random);
    if (drawn == null) {
      return null;
    }
    set.drop(drawn.name().toByteArray());
    set.save();
    return drawn.name();
  }

  /**
   * Removes and returns different random members; all when there are no more than {@code count}.
   */
  public List<Slice> pop(byte[] userKey, long count, RandomGenerator random) {
    OpenSet set = open(userKey);
    Elements members = set.members();
    if (count >= members.size()) {
      List<Slice> all = new ArrayList<>();
      members.forEach((member, nothing) -> all.add(member));
      keyspace.delete(userKey);
      return all;
    }
    List<Slice> drawn = names(members.drawDistinct(count, ElementFilter.ALL, random));
    for (Slice member : drawn) {
      set.drop(member.toByteArray());
    }
    set.save();
    return drawn;
  }

  /** Opens the set under a key; an empty one when there is none. */
  OpenSet open(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey, DataType.SET);
    return new OpenSet(keyspace, userKey, limits, record);
  }

  /** Returns an empty set that will replace whatever is under the key. */
  OpenSet replace(byte[] userKey) {
    return new OpenSet(keyspace, userKey, limits, null);
  }
}
