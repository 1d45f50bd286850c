package pika.storage.zset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;

/**
 * A small sorted set: all entries in one array, see {@link SortedSetFormat}. All operations are
 * linear; a change makes a new array, because the old one may belong to a record that others read.
 */
final class PackedMembers implements ScoredMembers {
  private byte[] bytes;
  private int head;
  private int end;
  private int count;

  private PackedMembers(byte[] bytes, int head) {
    this.bytes = bytes;
    this.head = head;
    this.end = bytes.length;
    this.count = SortedSetFormat.packedCount(bytes, head);
  }

  static PackedMembers empty() {
    return new PackedMembers(new byte[SortedSetFormat.PACKED_HEAD_BYTES], 0);
  }

  /** Returns how many members a record holds. */
  static long sizeOf(KeyRecord record) {
    return SortedSetFormat.packedCount(record.array(), record.payloadOffset());
  }

  /** Returns the set stored in a payload, which must not be changed afterwards. */
  static PackedMembers of(byte[] payload) {
    return new PackedMembers(payload, 0);
  }

  static PackedMembers of(KeyRecord record) {
    return new PackedMembers(record.array(), record.payloadOffset());
  }

  /** Returns the size of the payload in bytes. */
  int sizeBytes() {
    return end - head;
  }

  @Override
  public long size() {
    return count;
  }

  @Override
  public double score(byte[] member) {
    PackedEntries entries = entries();
    while (entries.next()) {
      if (entries.isMember(member)) {
        return entries.score();
      }
    }
    return Double.NaN;
  }

  @Override
  public long rank(Cut cut) {
    PackedEntries entries = entries();
    long rank = 0;
    while (entries.next() && entries.isBefore(cut)) {
      rank++;
    }
    return rank;
  }

  /** Returns the entries whose members lie between two bounds, see {@link Span#ofMembers}. */
  Ranks between(MemberBound min, MemberBound max, Order order) {
    BitSet aboveMin = new BitSet(count);
    BitSet belowMax = new BitSet(count);
    PackedEntries entries = entries();
    double score = Double.NaN;
    Cut from = Cut.START;
    Cut to = Cut.END;
    for (int rank = 0; entries.next(); rank++) {
      if (entries.score() != score) {
        score = entries.score();
        from = min.asLower(score);
        to = max.asUpper(score);
      }
      aboveMin.set(rank, !entries.isBefore(from));
      belowMax.set(rank, entries.isBefore(to));
    }
    // Redis checks the two ends first and takes the range for empty if they lie beside it.
    if (count == 0 || !aboveMin.get(count - 1) || !belowMax.get(0)) {
      return Ranks.NONE;
    }
    if (order == Order.ASCENDING) {
      int first = aboveMin.nextSetBit(0);
      return ranks(first, belowMax.nextClearBit(first));
    }
    int last = belowMax.previousSetBit(count - 1);
    return ranks(aboveMin.previousClearBit(last) + 1, last + 1);
  }

  private static Ranks ranks(int from, int to) {
    return from < to ? new Ranks(from, to) : Ranks.NONE;
  }

  @Override
  public void put(byte[] member, double score, double before) {
    Cut place = Cut.before(score, member);
    PackedEntries entries = entries();
    boolean isNew = Double.isNaN(before);
    int insertAt = end;
    int oldStart = end;
    int oldEnd = end;
    boolean placed = false;
    boolean found = isNew;
    while (!(placed && found) && entries.next()) {
      if (!placed && !entries.isBefore(place)) {
        insertAt = entries.start();
        placed = true;
      }
      if (!found && entries.isMember(member)) {
        oldStart = entries.start();
        oldEnd = entries.end();
        found = true;
      }
    }
    ByteWriter entry = new ByteWriter(SortedSetFormat.packedEntryBytes(member.length));
    SortedSetFormat.putPackedEntry(entry, score, member, 0, member.length);
    replace(oldStart, oldEnd, insertAt, entry.toByteArray(), isNew ? count + 1 : count);
  }

  @Override
  public void remove(byte[] member, double score) {
    PackedEntries entries = entries();
    while (entries.next()) {
      if (entries.isMember(member)) {
        replace(entries.start(), entries.end(), end, new byte[0], count - 1);
        return;
      }
    }
  }

  @Override
  public void remove(Ranks ranks) {
    int from = offset(ranks.from());
    int to = offset(ranks.to());
    replace(from, to, end, new byte[0], count - (int) ranks.count());
  }

  @Override
  public Entries walk(Ranks ranks, Order order) {
    int from = offset(ranks.from());
    if (order == Order.DESCENDING) {
      return new Backwards(from, (int) ranks.count());
    }
    return new PackedEntries(bytes, from, ranks.to() == count ? end : offset(ranks.to()));
  }

  @Override
  public Entries all() {
    return entries();
  }

  /** Returns everything at once: there are few. */
  @Override
  public MemberPage page(long position, long wanted) {
    List<ScoredMember> members = new ArrayList<>(count);
    PackedEntries entries = entries();
    while (entries.next()) {
      members.add(new ScoredMember(entries.score(), entries.member().toByteArray()));
    }
    return new MemberPage(members, 0);
  }

  @Override
  public KeyRecord record(boolean small, long expireAtMs) {
    byte[] payload = head == 0 ? bytes : Arrays.copyOfRange(bytes, head, end);
    int encoding = SortedSetEncoding.of(false, small).id();
    return KeyRecord.of(DataType.ZSET, encoding, expireAtMs, payload);
  }

  private PackedEntries entries() {
    return new PackedEntries(bytes, head + SortedSetFormat.PACKED_HEAD_BYTES, end);
  }

  private int offset(long rank) {
    PackedEntries entries = entries();
    for (long i = 0; i < rank; i++) {
      entries.next();
    }
    return entries.end();
  }

  /**
   * Makes a new array without the bytes from {@code from} to {@code to}, and with {@code entry}
   * inserted at {@code at}.
   */
  private void replace(int from, int to, int at, byte[] entry, int newCount) {
    byte[] changed = new byte[end - head - (to - from) + entry.length];
    int first = Math.min(at, from);
    int put = copy(head, first, changed, 0);
    if (at <= from) {
      put = copy(entry, changed, put);
      put = copy(at, from, changed, put);
      copy(to, end, changed, put);
    } else {
      put = copy(to, at, changed, put);
      put = copy(entry, changed, put);
      copy(at, end, changed, put);
    }
    SortedSetFormat.putPackedCount(changed, newCount);
    bytes = changed;
    head = 0;
    end = changed.length;
    count = newCount;
  }

  private int copy(int from, int to, byte[] target, int at) {
    System.arraycopy(bytes, from, target, at, to - from);
    return at + to - from;
  }

  private static int copy(byte[] source, byte[] target, int at) {
    System.arraycopy(source, 0, target, at, source.length);
    return at + source.length;
  }

  /** Collects the entries' offsets first: an entry does not tell where the one before it starts. */
  private final class Backwards implements Entries {
    private final PackedEntries entries;
    private final int[] starts;
    private int left;

    Backwards(int from, int wanted) {
      this.entries = new PackedEntries(bytes, from, end);
      this.starts = new int[wanted];
      this.left = wanted;
      for (int i = 0; i < wanted && entries.next(); i++) {
        starts[i] = entries.start();
      }
    }

    @Override
    public boolean next() {
      if (left == 0) {
        return false;
      }
      entries.moveTo(starts[--left]);
      return true;
    }

    @Override
    public double score() {
      return entries.score();
    }

    @Override
    public Slice member() {
      return entries.member();
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
