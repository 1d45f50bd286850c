package pika.storage.hyperloglog;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pika.storage.hyperloglog.HllFormat.Form;
import pika.storage.key.DataException;
import pika.storage.string.StringValue;
import pika.storage.string.Strings;

/**
 * The HyperLogLogs of one database inside one unit of work. They are strings; one that isn't a
 * HyperLogLog, or a damaged one, is a {@link DataException}. Confined to the thread of its unit.
 */
public final class HyperLogLogs {
  private final Strings strings;
  private final long maxSparseBytes;

  /** {@code maxSparseBytes} is how long one may be in its sparse form. */
  public HyperLogLogs(Strings strings, long maxSparseBytes) {
    this.strings = strings;
    this.maxSparseBytes = maxSparseBytes;
  }

  /** Lets one see elements, creating it if need be; true when its estimate may have changed. */
  public boolean add(byte[] userKey, List<byte[]> elements) {
    HyperLogLog present = find(userKey);
    HyperLogLog hll = present == null ? HyperLogLog.empty() : present;
    boolean changed = present == null;
    for (byte[] element : elements) {
      changed |= hll.add(element, maxSparseBytes);
    }
    if (changed) {
      hll.forgetCardinality();
      save(userKey, hll);
    }
    return changed;
  }

  /**
   * How many distinct elements one has seen, 0 when there is none. An estimate that had to be
   * reckoned is written back, so that the next call finds it.
   */
  public long count(byte[] userKey) {
    HyperLogLog hll = find(userKey);
    if (hll == null) {
      return 0;
    }
    if (!hll.hasCardinality()) {
      hll.reckonCardinality();
      save(userKey, hll);
    }
    return hll.cardinality();
  }

  /** How many distinct elements several have seen together. */
  public long countTogether(List<byte[]> userKeys) {
    byte[] registers = new byte[HllFormat.REGISTERS];
    for (byte[] userKey : userKeys) {
      HyperLogLog hll = find(userKey);
      if (hll != null) {
        hll.raiseInto(registers);
      }
    }
    return HyperLogLog.estimate(registers);
  }

  /** Lets one, which is created if need be, have seen what it and all the others have seen. */
  public void merge(byte[] target, List<byte[]> sources) {
    byte[] registers = new byte[HllFormat.REGISTERS];
    HyperLogLog present = find(target);
    boolean dense = present != null && raise(registers, present);
    for (byte[] source : sources) {
      HyperLogLog hll = find(source);
      dense |= hll != null && raise(registers, hll);
    }
    HyperLogLog merged = present == null ? HyperLogLog.empty() : present;
    if (dense) {
      merged.makeDense();
    }
    merged.raiseAll(registers, maxSparseBytes);
    merged.forgetCardinality();
    save(target, merged);
  }

  private static boolean raise(byte[] registers, HyperLogLog hll) {
    hll.raiseInto(registers);
    return hll.form() == Form.DENSE;
  }

  // ---- for tests and the curious

  /** Throws unless there is a HyperLogLog; false when there is no such key. */
  public boolean exists(byte[] userKey) {
    return find(userKey) != null;
  }

  /** The registers, which makes it dense; there must be one. */
  public byte[] registers(byte[] userKey) {
    HyperLogLog hll = existing(userKey);
    byte[] registers = new byte[HllFormat.REGISTERS];
    if (hll.form() == Form.SPARSE) {
      hll.makeDense();
      save(userKey, hll);
    }
    hll.raiseInto(registers);
    return registers;
  }

  /** The runs of a sparse one in words, null when it is dense; there must be one. */
  public @Nullable String runs(byte[] userKey) {
    HyperLogLog hll = existing(userKey);
    return hll.form() == Form.SPARSE ? hll.runs() : null;
  }

  /** The name of its form, {@code dense} or {@code sparse}; there must be one. */
  public String form(byte[] userKey) {
    return existing(userKey).form().name().toLowerCase(Locale.ROOT);
  }

  /** Gives one the dense form; false when it has it already. There must be one. */
  public boolean makeDense(byte[] userKey) {
    HyperLogLog hll = existing(userKey);
    if (hll.form() == Form.DENSE) {
      return false;
    }
    hll.makeDense();
    save(userKey, hll);
    return true;
  }

  private HyperLogLog existing(byte[] userKey) {
    HyperLogLog hll = find(userKey);
    if (hll == null) {
      throw new IllegalArgumentException("no such HyperLogLog");
    }
    return hll;
  }

  private @Nullable HyperLogLog find(byte[] userKey) {
    StringValue string = strings.find(userKey);
    if (string == null) {
      return null;
    }
    // The head tells, before much is read, of a long string that is something else.
    int headBytes = (int) Math.min(string.length(), HllFormat.HEADER_BYTES);
    HllFormat.form(string.slice(0, headBytes).toByteArray(), string.length());
    return HyperLogLog.parse(string.all());
  }

  private void save(byte[] userKey, HyperLogLog hll) {
    strings.rewrite(userKey, hll.toByteArray());
  }
}
