package pika.storage.hyperloglog;

import java.util.Arrays;
import pika.storage.bytes.Hash64;
import pika.storage.bytes.Slice;
import pika.storage.hyperloglog.HllFormat.Form;
import pika.storage.key.DataException;
import pika.storage.key.DataException.Problem;

/**
 * One HyperLogLog, read from a string and possibly being changed: 16,384 registers, each the
 * greatest number of leading zeros that an element of its share of the hashes has shown, plus one.
 * It starts sparse and becomes dense when a register or the length asks for it, never sparse again.
 *
 * <p>Methods that read registers throw {@link Problem#CORRUPT_HYPERLOGLOG} when there aren't exactly
 * as many as there should be. Confined to one thread; the string it was read from is not changed.
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

  /** One that has seen nothing. */
  static HyperLogLog empty() {
    byte[] bytes = HllFormat.header(Form.SPARSE, HllFormat.HEADER_BYTES + 2);
    HllFormat.putZeros(bytes, HllFormat.HEADER_BYTES, HllFormat.XZERO_MAX_LENGTH);
    return new HyperLogLog(Form.SPARSE, bytes);
  }

  /** Reads a string; throws {@link Problem#NOT_A_HYPERLOGLOG} when it is none. */
  static HyperLogLog parse(Slice string) {
    byte[] bytes = string.toByteArray();
    return new HyperLogLog(HllFormat.form(bytes, bytes.length), bytes);
  }

  Form form() {
    return form;
  }

  /** The string it is. */
  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Lets the registers see an element; true when one of them changed. */
  boolean add(byte[] element, long maxSparseBytes) {
    long hash = Hash64.of(element, SEED);
    int index = (int) hash & (HllFormat.REGISTERS - 1);
    long rest = (hash >>> INDEX_BITS) | (1L << Cardinality.HASH_BITS);
    return raise(index, Long.numberOfTrailingZeros(rest) + 1, maxSparseBytes);
  }

  /** Raises every register to what it is in {@code registers}. */
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

  /** Gives it the dense form, unless it has that already. */
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

  /** Says that the estimate the string carries no longer holds. */
  void forgetCardinality() {
    HllFormat.forgetCardinality(bytes);
  }

  /** Whether the string carries its estimate. */
  boolean hasCardinality() {
    return HllFormat.hasCardinality(bytes);
  }

  /** The estimate that the string carries. */
  long cardinality() {
    return HllFormat.cardinality(bytes);
  }

  /** Reckons the estimate and lets the string carry it. */
  void reckonCardinality() {
    byte[] registers = new byte[HllFormat.REGISTERS];
    raiseInto(registers);
    HllFormat.putCardinality(bytes, estimate(registers));
  }

  /** The estimate for registers that stand one in a byte. */
  static long estimate(byte[] registers) {
    int[] histogram = new int[HllFormat.REGISTER_MAX + 1];
    for (byte register : registers) {
      histogram[register]++;
    }
    return Cardinality.of(histogram);
  }

  /** Raises each of {@code registers} that is greater here. */
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

  /** The runs of the sparse form in words: {@code z:5 v:3,1 Z:16378}. */
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
