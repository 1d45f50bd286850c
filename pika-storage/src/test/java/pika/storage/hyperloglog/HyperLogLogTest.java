package pika.storage.hyperloglog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.Slice;
import pika.storage.key.DataException;

class HyperLogLogTest {
  private static final long MAX_SPARSE_BYTES = 3000;

  @Test
  void anEmptyOneIsEighteenBytes() {
    HyperLogLog empty = HyperLogLog.empty();
    assertThat(empty.toByteArray()).hasSize(18);
    assertThat(empty.runs()).isEqualTo("Z:16384");
    assertThat(empty.cardinality()).isZero();
  }

  @Test
  void theSparseFormHoldsTheSameRegistersAsTheDenseOne() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      byte[] model = new byte[HllFormat.REGISTERS];
      HyperLogLog sparse = HyperLogLog.empty();
      HyperLogLog dense = HyperLogLog.empty();
      dense.makeDense();
      int elements = 1 + random.nextInt(1000);
      for (int i = 0; i < elements; i++) {
        byte[] element = element(random.nextInt(2000));
        boolean changed = sparse.add(element, MAX_SPARSE_BYTES);
        assertThat(dense.add(element, MAX_SPARSE_BYTES)).isEqualTo(changed);
      }
      dense.raiseInto(model);
      assertThat(registers(sparse)).as("seed %d", seed).isEqualTo(model);
      assertThat(registers(HyperLogLog.parse(Slice.of(sparse.toByteArray())))).isEqualTo(model);
      sparse.makeDense();
      assertThat(registers(sparse)).isEqualTo(model);
    }
  }

  @Test
  void itBecomesDenseBeyondTheLimit() {
    HyperLogLog hll = HyperLogLog.empty();
    int added = 0;
    while (hll.form() == HllFormat.Form.SPARSE) {
      assertThat(hll.toByteArray().length).isLessThanOrEqualTo(100);
      hll.add(element(added++), 100);
    }
    assertThat(hll.toByteArray()).hasSize(HllFormat.DENSE_BYTES);
    assertThat(added).isBetween(20, 60);
  }

  @Test
  void theEstimateIsWithinThreePercent() {
    HyperLogLog hll = HyperLogLog.empty();
    int added = 0;
    for (int size : new int[] {100, 1000, 10_000, 100_000, 1_000_000}) {
      for (; added < size; added++) {
        hll.add(element(added), MAX_SPARSE_BYTES);
      }
      hll.reckonCardinality();
      assertThat((double) hll.cardinality()).isBetween(size * 0.97, size * 1.03);
    }
  }

  @Test
  void everyDenseRegisterKeepsItsNeighbours() {
    byte[] bytes = HllFormat.header(HllFormat.Form.DENSE, HllFormat.DENSE_BYTES);
    for (int i = 0; i < HllFormat.REGISTERS; i++) {
      HllFormat.putRegister(bytes, i, i * 7 % 64);
    }
    for (int i = 0; i < HllFormat.REGISTERS; i++) {
      assertThat(HllFormat.register(bytes, i)).isEqualTo(i * 7 % 64);
    }
    byte[] raised = registers(HyperLogLog.parse(Slice.of(bytes)));
    for (int i = 0; i < HllFormat.REGISTERS; i++) {
      assertThat(raised[i]).isEqualTo((byte) (i * 7 % 64));
    }
  }

  @Test
  void missingRegistersAreNoticed() {
    byte[] bytes = HllFormat.header(HllFormat.Form.SPARSE, 18);
    HyperLogLog hll = HyperLogLog.parse(Slice.of(bytes));
    assertThatThrownBy(hll::reckonCardinality).isInstanceOf(DataException.class);
    assertThatThrownBy(hll::makeDense).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> HyperLogLog.parse(Slice.empty())).isInstanceOf(DataException.class);
  }

  private static byte[] registers(HyperLogLog hll) {
    byte[] registers = new byte[HllFormat.REGISTERS];
    hll.raiseInto(registers);
    return registers;
  }

  private static byte[] element(int number) {
    byte[] element = new byte[Integer.BYTES];
    BigEndian.putInt(element, 0, number);
    return element;
  }
}
