package pika.storage.hyperloglog;

import java.util.Arrays;
import pika.storage.bytes.Hash64;
import pika.storage.bytes.Slice;
import pika.storage.hyperloglog.HllFormat.Form;
import pika.storage.key.DataException;
import pika.storage.key.DataException.Problem;

/**
 * One HyperLogLog, read from a string and possibly modified: 16,384 registers, each the maximum
 * number of leading zeros of the hashes that it has seen, plus one. It starts sparse and becomes
 * dense when a register or the length requires it; never sparse again.
 *
 * <p>Methods that read registers throw {@link Problem#CORRUPT_HYPERLOGLOG} when their number is
 * wrong. Confined to one thread; the original string is not changed.
 */
final class HyperLogLog {
  private static final long SEED = 0xadc83b19L;
  private static final int INDEX_BITS = 14;

  private Form form;
  private byte[] bytes;
  private int size;

  private HyperLogLog(Form form, byte[] bytes) {
    this.form = form;
    this.bytes = bytes;
    this.size = bytes.length;
  }

  /** Returns an empty HyperLogLog. */
  static HyperLogLog empty() {
    byte[] bytes = HllFormat.header(Form.SPARSE, HllFormat.HEADER_BYTES + 2);
    HllFormat.putZeros(bytes, HllFormat.HEADER_BYTES, HllFormat.XZERO_MAX_LENGTH);
    return new HyperLogLog(Form.SPARSE, bytes);
  }

  /**
   * Parses a string.
   *
   * @throws DataException with {@link Problem#NOT_A_HYPERLOGLOG} if it is none
   */
  static HyperLogLog parse(Slice string) {
    byte[] bytes = string.toByteArray();
    return new HyperLogLog(HllFormat.form(bytes, bytes.length), bytes);
  }

  Form form() {
    return form;
  }

  /** Returns the encoded string. */
  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Adds an element; returns whether a register changed. */
  boolean add(byte[] element, long maxSparseBytes) {
    long hash = Hash64.of(element, SEED);
    int index = (int) hash & (HllFormat.REGISTERS - 1);
    long rest = (hash >>> INDEX_BITS) | (1L << Cardinality.HASH_BITS);
    return raise(index, Long.numberOfTrailingZeros(rest) + 1, maxSparseBytes);
  }

  /** Raises registers to those in {@code registers} that are higher. */
  void raiseAll(byte[] registers, long maxSparseBytes) {
    for (int i = 0; i < HllFormat.REGISTERS; i++) {
      if (registers[i] != 0) {
        raise(i, registers[i], maxSparseBytes);
      }
    }
  }

  private boolean raise(int index, int value, long maxSparseBytes) {
    if (form == Form.SPARSE) {
      SparseRegisters sparse = new SparseRegisters(bytes, size);
      SparseRegisters.Outcome outcome = sparse.raise(index, value, maxSparseBytes);
      bytes = sparse.bytes();
      size = sparse.size();
      if (outcome != SparseRegisters.Outcome.TOO_MUCH) {
        return outcome == SparseRegisters.Outcome.CHANGED;
      }
      makeDense();
    }
    if (HllFormat.register(bytes, index) >= value) {
      return false;
    }
    HllFormat.putRegister(bytes, index, value);
    return true;
  }

  /** Converts it to the dense form, if necessary. */
  void makeDense() {
    if (form == Form.DENSE) {
      return;
    }
    byte[] registers = new byte[HllFormat.REGISTERS];
    raiseInto(registers);
    byte[] dense = HllFormat.header(Form.DENSE, HllFormat.DENSE_BYTES);
    HllFormat.putCardinality(dense, HllFormat.cardinality(bytes));
    for (int i = 0; i < registers.length; i++) {
      HllFormat.putRegister(dense, i, registers[i]);
    }
    form = Form.DENSE;
    bytes = dense;
    size = dense.length;
  }

  /** Marks the stored estimate as outdated. */
  void forgetCardinality() {
    HllFormat.forgetCardinality(bytes);
  }

  /** Returns whether the stored estimate is current. */
  boolean hasCardinality() {
    return HllFormat.hasCardinality(bytes);
  }

  /** Returns the stored estimate. */
  long cardinality() {
    return HllFormat.cardinality(bytes);
  }

  /** Computes and stores the estimate. */
  void reckonCardinality() {
    byte[] registers = new byte[HllFormat.REGISTERS];
    raiseInto(registers);
    HllFormat.putCardinality(bytes, estimate(registers));
  }

  /** Returns the estimate for registers stored one per byte. */
  static long estimate(byte[] registers) {
    int[] histogram = new int[HllFormat.REGISTER_MAX + 1];
    for (byte register : registers) {
      histogram[register]++;
    }
    return Cardinality.of(histogram);
  }

  /** Raises {@code registers} to those of this HyperLogLog that are higher. */
  void raiseInto(byte[] registers) {
    if (form == Form.DENSE) {
      HllFormat.raiseInto(registers, bytes);
      return;
    }
    int index = 0;
    for (int at = HllFormat.HEADER_BYTES; at < size; at += HllFormat.runBytes(bytes, at)) {
      int length = HllFormat.runLength(bytes, at, size);
      if (index + length > registers.length) {
        throw new DataException(Problem.CORRUPT_HYPERLOGLOG);
      }
      byte value = (byte) HllFormat.runValue(bytes, at);
      for (int i = index; value != 0 && i < index + length; i++) {
        registers[i] = (byte) Math.max(registers[i], value);
      }
      index += length;
    }
    if (index != registers.length) {
      throw new DataException(Problem.CORRUPT_HYPERLOGLOG);
    }
  }

  /** Formats the runs of the sparse form: {@code z:5 v:3,1 Z:16378}. */
  String runs() {
    StringBuilder runs = new StringBuilder();
    for (int at = HllFormat.HEADER_BYTES; at < size; at += HllFormat.runBytes(bytes, at)) {
      int length = HllFormat.runLength(bytes, at, size);
      runs.append(runs.isEmpty() ? "" : " ");
      if (HllFormat.isValue(bytes, at)) {
        runs.append("v:").append(HllFormat.runValue(bytes, at)).append(',').append(length);
      } else {
        runs.append(HllFormat.runBytes(bytes, at) == 1 ? "z:" : "Z:").append(length);
      }
    }
    return runs.toString();
  }
}
