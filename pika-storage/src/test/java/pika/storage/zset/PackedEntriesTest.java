package pika.storage.zset;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import org.junit.jupiter.api.Test;
import pika.storage.Seeds;
import pika.storage.bytes.ByteWriter;
import pika.storage.rocks.StorageException;

class PackedEntriesTest {
  @Test
  void damagedEntriesAreReadOrRefused() throws Exception {
    Seeds.run(random -> {
      for (int i = 0; i < 20_000; i++) {
        ByteWriter writer = new ByteWriter(1000);
        for (int number = 0; number < 6; number++) {
          byte[] member = bytes("m".repeat(random.nextInt(200)));
          SortedSetFormat.putPackedEntry(writer, number, member, 0, member.length);
        }
        byte[] damaged = writer.toByteArray();
        for (int damages = random.nextInt(3); damages >= 0; damages--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
          PackedEntries entries = new PackedEntries(damaged, 0, damaged.length - random.nextInt(2));
          while (entries.next()) {
            assertThat(entries.member().length()).isLessThan(damaged.length);
            entries.score();
          }
        } catch (StorageException refused) {
          assertThat(refused).hasMessageContaining("damaged");
        }
      }
    });
  }
}
