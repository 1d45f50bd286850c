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
 * The sets of one database inside one unit of work. A key that isn't there is a set without members, and one without
 * members is not there. Where a key holds another type, every method throws {@link WrongTypeException}. Changes keep the
 * key's expiry. Confined to the thread of its unit.
 */
public final class Sets {
  private final Keyspace keyspace;
  private final SetLimits limits;

  /** Sets that are small within {@code limits}. */
  public Sets(Keyspace keyspace, SetLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  // ---- reading

  /** Whether a member is there. */
  public boolean contains(byte[] userKey, byte[] member) {
    return members(userKey).contains(member);
  }

  /** How many members there are; reads no more than the record. */
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
   * The members, for reading: {@link Elements} with empty values. None when there is no such key.
   */
  public Elements members(byte[] userKey) {
    return open(userKey).members();
  }

  /** Shows a page of about {@code count} members and returns the position of the next, as {@link Elements#page}. */
  public long page(byte[] userKey, long position, long count, ElementVisitor visitor) {
    return members(userKey).page(position, count, visitor);
  }

  /** A member drawn at random, null when there is none. */
  public @Nullable Slice draw(byte[] userKey, RandomGenerator random) {
    Element drawn = members(userKey).draw(ElementFilter.ALL, random);
    return drawn == null ? null : drawn.name();
  }

  /** Different members drawn at random; all of them when there are no more than {@code count}. */
  public List<Slice> drawDistinct(byte[] userKey, long count, RandomGenerator random) {
    return names(members(userKey).drawDistinct(count, ElementFilter.ALL, random));
  }

  /** {@code count} members, each drawn at random from all; none when there are none. */
  public List<Slice> drawRepeatedly(byte[] userKey, int count, RandomGenerator random) {
    return names(members(userKey).drawRepeatedly(count, ElementFilter.ALL, random));
  }

  private static List<Slice> names(List<Element> drawn) {
    List<Slice> names = new ArrayList<>(drawn.size());
    drawn.forEach(member -> names.add(member.name()));
    return names;
  }

  // ---- writing

  /** Adds members; returns how many were not there. */
  public long add(byte[] userKey, List<byte[]> members) {
    OpenSet set = open(userKey);
    long added = members.stream().filter(set::add).count();
    set.save();
    return added;
  }

  /** Removes members; returns how many of them there were. */
  public long remove(byte[] userKey, List<byte[]> members) {
    OpenSet set = open(userKey);
    long removed = members.stream().filter(set::remove).count();
    set.save();
    return removed;
  }

  /** Moves a member from one set to another, where it may be already; false when it isn't in the first. */
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

  /** Removes a member drawn at random and returns it, null when there is none. */
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

  /** Removes different members drawn at random and returns them; all when there are no more than {@code count}. */
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

  /** The set under a key; a new one when there is none. */
  OpenSet open(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey, DataType.SET);
    return new OpenSet(keyspace, userKey, limits, record);
  }

  /** A new set that is to replace whatever is under the key. */
  OpenSet replace(byte[] userKey) {
    return new OpenSet(keyspace, userKey, limits, null);
  }
}
