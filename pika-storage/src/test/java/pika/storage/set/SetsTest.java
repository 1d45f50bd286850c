package pika.storage.set;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.bytes.Slice;
import pika.storage.key.TestEngine;
import pika.storage.key.UnitOfWork;
import pika.storage.packed.PackedLimits;

class SetsTest {
  private static final SetLimits LIMITS = new SetLimits(new PackedLimits(4, 8, 60), 6);
  private static final byte[] KEY = bytes("key");
  private static final int MEMBERS = 500;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @Test
  void oneMemberOfALargeSetIsPoppedWhereNobodyMayWait() {
    try (TestEngine engine = filled()) {
      try (UnitOfWork unit = engine.engine().begin(UnitOfWork.Mode.MEMORY_ONLY)) {
        assertThat(unit.tryLock(KEY)).isTrue();
        unit.beginCommand(engine.nowMs());
        Sets sets = new Sets(unit.keyspace(0), LIMITS);
        Random random = new Random(1);
        Set<String> popped = new HashSet<>();
        for (int i = 0; i < 50; i++) {
          Slice member = sets.pop(KEY, random);
          assertThat(member).isNotNull();
          popped.add(TestEngine.text(member.toByteArray()));
        }
        assertThat(popped).hasSize(50);
        assertThat(sets.size(KEY)).isEqualTo(MEMBERS - 50);
      }
    }
  }

  @Test
  void whatIsPoppedTogetherIsGone() {
    try (TestEngine engine = filled()) {
      Random random = new Random(2);
      Set<String> popped = new HashSet<>();
      for (int i = 0; i < 40; i++) {
        engine
            .ask(keyspace -> new Sets(keyspace, LIMITS).pop(KEY, 7, random))
            .forEach(member -> popped.add(TestEngine.text(member.toByteArray())));
      }
      assertThat(popped).hasSize(280);
      engine.run(keyspace -> {
        Sets sets = new Sets(keyspace, LIMITS);
        assertThat(sets.size(KEY)).isEqualTo(MEMBERS - 280);
        popped.forEach(member -> assertThat(sets.contains(KEY, bytes(member))).isFalse());
      });
      engine.audit();
    }
  }

  private TestEngine filled() {
    TestEngine engine = TestEngine.in(directory);
    List<byte[]> members = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      members.add(bytes("member" + i));
    }
    engine.run(keyspace -> new Sets(keyspace, LIMITS).add(KEY, members));
    return engine;
  }
}
