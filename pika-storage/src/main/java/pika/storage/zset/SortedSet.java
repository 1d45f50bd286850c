package pika.storage.zset;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WouldBlock;
import pika.storage.packed.PackedLimits;

/**
 * One sorted set, opened by one command. Its own readers see changes at once; {@link #save} stores
 * them. It converts itself from the packed form into rows when it grows. Confined to the thread of
 * its unit of work.
 */
public final class SortedSet implements Members {
  private final Keyspace keyspace;
  private final byte[] userKey;
  private final PackedLimits limits;
  private final long expireAtMs;
  private ScoredMembers members;
  private boolean small;
  private boolean changed;

  /** Opens the set stored in {@code record}; an empty one when that is null. */
  SortedSet(Keyspace keyspace, byte[] userKey, PackedLimits limits, @Nullable KeyRecord record) {
    this.keyspace = keyspace;
    this.userKey = userKey;
    this.limits = limits;
    this.expireAtMs = record == null ? KeyRecord.NEVER : record.expireAtMs();
    this.small = record == null || SortedSetEncoding.of(record).isSmall();
    if (record == null) {
      members = PackedMembers.empty();
    } else if (record.hasRows()) {
      members = RowMembers.of(keyspace.rows(userKey, record), record);
    } else {
      members = PackedMembers.of(record);
    }
  }

  // ---- reading

  @Override
  public long size() {
    return members.size();
  }

  @Override
  public double score(byte[] member) {
    return members.score(member);
  }

  /** Returns the rank of a member in the given order, -1 when it does not exist. */
  public long rank(byte[] member, Order order) {
    double score = score(member);
    if (Double.isNaN(score)) {
      return -1;
    }
    long rank = members.rank(Cut.before(score, member));
    return order == Order.ASCENDING ? rank : size() - 1 - rank;
  }

  /** Iterates over a range of entries. */
  public Entries walk(Ranks ranks, Order order) {
    return members.walk(ranks, order);
  }

  /** Iterates over the entries between two cuts, as narrowed by {@link Ranks#limited}. */
  Entries walk(Cut from, Cut to, Order order, long offset, long count) {
    // Ranks would have to be looked up separately.
    if (members instanceof RowMembers rows && rows.areFew(from, to, offset, count)) {
      return rows.walkFew(from, to, order, offset, count);
    }
    return walk(between(from, to).limited(offset, count, order), order);
  }

  /** Iterates over all entries, from the lowest score to the highest. */
  public Entries all() {
    return members.all();
  }

  @Override
  public void forEach(MemberVisitor visitor) {
    try (Entries entries = all()) {
      boolean more = true;
      while (more && entries.next()) {
        more = visitor.visit(entries.score(), entries.member());
      }
    }
  }

  /** Returns the ranks of the entries between two cuts. */
  Ranks between(Cut from, Cut to) {
    long first = from.isStart() ? 0 : members.rank(from);
    long end = to.isEnd() ? size() : members.rank(to);
    return first < end ? new Ranks(first, end) : Ranks.NONE;
  }

  /**
   * Returns the ranks of the entries whose members lie between two bounds, see
   * {@link Span#ofMembers}.
   */
  Ranks between(MemberBound min, MemberBound max, Order order) {
    if (members instanceof PackedMembers packed) {
      return packed.between(min, max, order);
    }
    double score = firstScore();
    return between(min.asLower(score), max.asUpper(score));
  }

  /** Returns whether Redis would encode it as a listpack. */
  public boolean isSmall() {
    return small;
  }

  /** Returns the lowest score, 0 when the set is empty. */
  double firstScore() {
    if (size() == 0) {
      return 0;
    }
    try (Entries entries = members.walk(new Ranks(0, 1), Order.ASCENDING)) {
      return entries.next() ? entries.score() : 0;
    }
  }

  /**
   * Returns about {@code count} members from the position of an earlier page on; 0 starts a scan. A
   * packed set is returned as a whole. A member that exists throughout a scan is returned at least
   * once, whatever else changes in between.
   */
  public MemberPage page(long position, long count) {
    return members.page(position, count);
  }

  // ---- changing

  /**
   * Sets a member's score.
   *
   * @param score not NaN
   * @param before its current score, NaN when it is new
   */
  void put(byte[] member, double score, double before) {
    changed = true;
    if (Double.isNaN(before)) {
      makeRoomFor(member);
    }
    members.put(member, kept(score), before);
  }

  /** Removes a member; returns whether it existed. */
  boolean remove(byte[] member) {
    double score = score(member);
    if (Double.isNaN(score)) {
      return false;
    }
    changed = true;
    members.remove(member, score);
    return true;
  }

  /** Removes a range of entries and returns them in the given order. */
  List<ScoredMember> take(Ranks ranks, Order order) {
    List<ScoredMember> taken = new ArrayList<>();
    try (Entries entries = members.walk(ranks, order)) {
      while (entries.next()) {
        taken.add(new ScoredMember(entries.score(), entries.member().toByteArray()));
      }
    }
    remove(ranks);
    return taken;
  }

  /** Removes a range of entries. */
  void remove(Ranks ranks) {
    if (ranks.count() == 0) {
      return;
    }
    changed = true;
    if (ranks.count() == size()) {
      // The rows are dropped with the key.
      members = PackedMembers.empty();
    } else {
      members.remove(ranks);
    }
  }

  /** Stores the set, or deletes the key when it is empty. */
  void save() {
    if (!changed) {
      return;
    }
    changed = false;
    if (size() == 0) {
      keyspace.delete(userKey);
    } else {
      keyspace.put(userKey, members.record(small, expireAtMs));
    }
  }

  private void makeRoomFor(byte[] member) {
    long sizeThen = size() + 1;
    if (small && !limits.isCalledSmall(sizeThen, member.length)) {
      small = false;
    }
    if (members instanceof PackedMembers packed) {
      int bytes = packed.sizeBytes() + SortedSetFormat.packedEntryBytes(member.length);
      if (!limits.allowsPacked(sizeThen, bytes)) {
        members = spread(packed);
      }
    }
  }

  private ScoredMembers spread(PackedMembers packed) {
    if (!keyspace.unit().mayBlock()) {
      throw WouldBlock.INSTANCE;
    }
    RowMembersBuilder builder = new RowMembersBuilder(keyspace.newRows(userKey));
    try (Entries entries = packed.all()) {
      while (entries.next()) {
        builder.append(entries.score(), entries.member());
      }
    }
    return builder.finish();
  }

  /**
   * Returns the score as Redis keeps it: its small sets store whole numbers as integers, which
   * loses the sign of a zero.
   */
  private double kept(double score) {
    return small ? score + 0.0 : score;
  }
}
