package pika.storage.zset;

import static pika.storage.key.TestEngine.bytes;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import pika.storage.Draws;
import pika.storage.Timed;
import pika.storage.key.KeyRecord;

/**
 * The cost of one member of a small sorted set, starting from the record and, for changes, ending
 * with one.
 */
public class PackedMembersBenchmark extends Timed {
  @Param({"10", "100"})
  private int members;

  private KeyRecord record;
  private Draws<ScoredMember> present;
  private Draws<ScoredMember> absent;

  @Setup
  public void make() {
    Random random = new Random(1);
    double[] scores = random.doubles(members, 0, 1000).toArray();
    present = new Draws<>(members, i -> new ScoredMember(scores[i], bytes("member:" + (1000 + i))));
    absent = new Draws<>(
        members, i -> new ScoredMember(random.nextDouble() * 1000, bytes("member:" + (5000 + i))));
    PackedMembers all = PackedMembers.empty();
    for (int i = 0; i < members; i++) {
      all.put(bytes("member:" + (1000 + i)), scores[i], Double.NaN);
    }
    record = record(all);
  }

  private static KeyRecord record(PackedMembers members) {
    return members.record(true, KeyRecord.NEVER);
  }

  private PackedMembers open() {
    return PackedMembers.of(record);
  }

  @Benchmark
  public double find() {
    return open().score(present.next().member());
  }

  @Benchmark
  public double findAbsent() {
    return open().score(absent.next().member());
  }

  @Benchmark
  public long rank() {
    ScoredMember member = present.next();
    return open().rank(Cut.before(member.score(), member.member()));
  }

  @Benchmark
  public KeyRecord add() {
    ScoredMember added = absent.next();
    PackedMembers changed = open();
    changed.put(added.member(), added.score(), Double.NaN);
    return record(changed);
  }

  /** A member gets another one's score. */
  @Benchmark
  public KeyRecord move() {
    ScoredMember moved = present.next();
    PackedMembers changed = open();
    changed.put(moved.member(), absent.next().score(), moved.score());
    return record(changed);
  }

  @Benchmark
  public KeyRecord remove() {
    ScoredMember removed = present.next();
    PackedMembers changed = open();
    changed.remove(removed.member(), removed.score());
    return record(changed);
  }
}
