package pika.server.transaction;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Store;
import pika.storage.StoreOptions;
import pika.storage.key.UnitOfWork;

final class WatchesTest {
  @TempDir
  private Path directory;

  private final Watches watches = new Watches();
  private Store store;
  private UnitOfWork unit;

  @BeforeEach
  void open() {
    store = Store.open(StoreOptions.in(directory));
    unit = store.begin(UnitOfWork.Mode.MAY_BLOCK);
    unit.beginCommand(store.nowMs());
  }

  @AfterEach
  void close() {
    unit.close();
    store.close();
  }

  @Test
  void whoIsGoneWatchesNothingMore() {
    WatchedKeys keys = watches.newKeys();
    keys.add(unit, 0, bytes("a"));
    assertThat(watches.count()).isEqualTo(1);

    keys.forgetAll();
    keys.add(unit, 0, bytes("b"));

    assertThat(watches.count()).isZero();
    assertThat(watches.keyCount()).isZero();
  }

  @Test
  void whatTwoThreadsForgetIsForgottenOnce() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    for (int round = 0; round < 500; round++) {
      WatchedKeys keys = watches.newKeys();
      keys.add(unit, 0, bytes("a"));
      keys.add(unit, 0, bytes("b"));
      CompletableFuture<Void> other = CompletableFuture.runAsync(() -> forget(keys, together));
      forget(keys, together);
      other.join();
      assertThat(watches.count()).isZero();
    }
  }

  private static void forget(WatchedKeys keys, CyclicBarrier together) {
    try {
      together.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    keys.forgetAll();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
