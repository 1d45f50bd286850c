package pika.storage.zset;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WrongTypeException;
import pika.storage.packed.PackedLimits;

/**
 * The sorted sets of one database inside one unit of work. If a key holds another type, every
 * method but {@link #replace} throws {@link WrongTypeException}. Confined to the thread of its
 * unit.
 */
public final class SortedSets {
  private final Keyspace keyspace;
  private final PackedLimits limits;

  /**
   * Creates the view.
   *
   * @param limits up to which size sets are small
   */
  public SortedSets(Keyspace keyspace, PackedLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  /** Returns the set under a key, null when there is none. */
  public @Nullable SortedSet find(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey, DataType.ZSET);
    return record == null ? null : open(userKey, record);
  }

  /** Opens the set stored in a record of this type. */
  public SortedSet open(byte[] userKey, KeyRecord record) {
    return new SortedSet(keyspace, userKey, limits, record);
  }

  /** Returns how many members a key has; reads only its record. */
  public long size(byte[] userKey) {
    KeyRecord record = keyspace.touch(userKey);
    if (record == null) {
      return 0;
    }
    if (record.type() != DataType.ZSET) {
      throw new WrongTypeException();
    }
    return record.hasRows() ? RowMembers.sizeOf(record) : PackedMembers.sizeOf(record);
  }

  /** Adds members or updates their scores, one after the other. No score may be NaN. */
  public AddOutcome add(byte[] userKey, List<ScoredMember> given, AddRule rule) {
    KeyRecord record = keyspace.get(userKey, DataType.ZSET);
    if (record == null && rule.presence() == AddRule.Presence.PRESENT) {
      return AddOutcome.NOTHING;
    }
    SortedSet set = new SortedSet(keyspace, userKey, limits, record);
    long added = 0;
    long updated = 0;
    Double score = null;
    for (ScoredMember one : given) {
      double before = set.score(one.member());
      score = scoreFor(before, one.score(), rule);
      if (score == null || score.isNaN()) {
        continue;
      }
      if (Double.isNaN(before)) {
        set.put(one.member(), score, before);
        added++;
      } else if (score != before) {
        set.put(one.member(), score, before);
        updated++;
      }
    }
    set.save();
    return new AddOutcome(added, updated, score);
  }

  private static @Nullable Double scoreFor(double before, double given, AddRule rule) {
    boolean isNew = Double.isNaN(before);
    if (rule.presence() == (isNew ? AddRule.Presence.PRESENT : AddRule.Presence.ABSENT)) {
      return null;
    }
    if (isNew) {
      return given;
    }
    double score = rule.amount() == AddRule.Amount.INCREMENT ? before + given : given;
    return Double.isNaN(score) || rule.direction().allows(before, score) ? score : null;
  }

  /** Removes members; returns how many existed. */
  public long remove(byte[] userKey, List<byte[]> members) {
    SortedSet set = find(userKey);
    if (set == null) {
      return 0;
    }
    long removed = 0;
    for (byte[] member : members) {
      if (set.remove(member)) {
        removed++;
      }
    }
    set.save();
    return removed;
  }

  /** Removes the members of a span; returns their number. */
  public long remove(byte[] userKey, Span span) {
    SortedSet set = find(userKey);
    if (set == null) {
      return 0;
    }
    Ranks ranks = span.in(set);
    set.remove(ranks);
    set.save();
    return ranks.count();
  }

  /**
   * Removes the first {@code count} members in the given order and returns them; none when there is
   * no such key.
   */
  public List<ScoredMember> pop(byte[] userKey, Order order, long count) {
    SortedSet set = find(userKey);
    if (set == null) {
      return List.of();
    }
    Ranks all = new Ranks(0, set.size());
    List<ScoredMember> popped = set.take(all.limited(0, count, order), order);
    set.save();
    return popped;
  }

  /** Starts a new set that replaces whatever is stored under a key. */
  public SortedSetBuilder replace(byte[] userKey) {
    return new SortedSetBuilder(keyspace, userKey, limits);
  }
}
