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
 * HyperLogLog, or is damaged, is a {@link DataException}. Confined to the thread of its unit.
 */
public final class HyperLogLogs {
  private final Strings strings;
  private final long maxSparseBytes;

  /**
   * Creates the view.
   *
   * @param maxSparseBytes the longest sparse form
   */
  public HyperLogLogs(Strings strings, long maxSparseBytes) {
    this.strings = strings;
    this.maxSparseBytes = maxSparseBytes;
  }

  /**
   * Adds elements, creating the HyperLogLog if necessary; returns whether its estimate may have
   * changed.
   */
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
   * Returns the estimated number of distinct elements, 0 when the key does not exist. A newly
   * computed estimate is stored for the next call.
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

  /** Returns the estimated number of distinct elements in several HyperLogLogs together. */
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

  /** Merges other HyperLogLogs into one, which is created if necessary. */
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

  // ---- introspection

  /** Returns whether the key exists; throws if it is no HyperLogLog. */
  public boolean exists(byte[] userKey) {
    return find(userKey) != null;
  }

  /** Returns the registers and converts to the dense form; the key must exist. */
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

  /** Returns the runs of a sparse one as text, null when it is dense; the key must exist. */
  public @Nullable String runs(byte[] userKey) {
    HyperLogLog hll = existing(userKey);
    return hll.form() == Form.SPARSE ? hll.runs() : null;
  }

  /** Returns {@code dense} or {@code sparse}; the key must exist. */
  public String form(byte[] userKey) {
    return existing(userKey).form().name().toLowerCase(Locale.ROOT);
  }

  /** Converts to the dense form; returns false when it is dense already. The key must exist. */
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
    // The header shows, before much is read, that a long string is something else.
    int headBytes = (int) Math.min(string.length(), HllFormat.HEADER_BYTES);
    HllFormat.form(string.slice(0, headBytes).toByteArray(), string.length());
    return HyperLogLog.parse(string.all());
  }

  private void save(byte[] userKey, HyperLogLog hll) {
    strings.rewrite(userKey, hll.toByteArray());
  }
}
