package pika.storage.key;

import java.util.Arrays;
import java.util.List;
import pika.storage.bytes.Hash64;

/**
 * The locks a command needs, in the order in which to wait for them. Keys that share a stripe are
 * one entry; if any of them is written, the entry is for writing.
 */
public final class LockPlan {
  /** No locks. */
  public static final LockPlan NOTHING = new LockPlan(new int[0]);

  private final int[] wanted;

  private LockPlan(int[] wanted) {
    this.wanted = wanted;
  }

  /** Returns a plan for keys that are written and keys that are only read. */
  public static LockPlan of(List<byte[]> written, List<byte[]> read) {
    int[] all = new int[written.size() + read.size()];
    int n = 0;
    for (byte[] key : written) {
      all[n++] = forWriting(key);
    }
    for (byte[] key : read) {
      all[n++] = forReading(key);
    }
    return new LockPlan(distinct(all));
  }

  /** Returns a plan for writing one key. */
  public static LockPlan forWritingOne(byte[] userKey) {
    return new LockPlan(new int[] {forWriting(userKey)});
  }

  /** Returns the union of both plans. */
  public LockPlan and(LockPlan other) {
    int[] all = Arrays.copyOf(wanted, wanted.length + other.wanted.length);
    System.arraycopy(other.wanted, 0, all, wanted.length, other.wanted.length);
    return new LockPlan(distinct(all));
  }

  /** Returns whether holding this plan's locks makes {@code other} unnecessary. */
  public boolean covers(LockPlan other) {
    for (int lock : other.wanted) {
      int found = Arrays.binarySearch(wanted, lock);
      // A stripe's write lock sorts right after its read lock.
      if (found < 0 && Arrays.binarySearch(wanted, lock | 1) < 0) {
        return false;
      }
    }
    return true;
  }

  int[] wanted() {
    return wanted;
  }

  static int forWriting(byte[] userKey) {
    return KeyLocks.stripeOf(Hash64.of(userKey)) << 1 | 1;
  }

  static int forReading(byte[] userKey) {
    return KeyLocks.stripeOf(Hash64.of(userKey)) << 1;
  }

  private static int[] distinct(int[] all) {
    Arrays.sort(all);
    int n = 0;
    for (int i = 0; i < all.length; i++) {
      // Of two entries for one stripe, the one for writing is greater and comes last.
      if (i + 1 == all.length || all[i] >>> 1 != all[i + 1] >>> 1) {
        all[n++] = all[i];
      }
    }
    return n == all.length ? all : Arrays.copyOf(all, n);
  }
}
