package pika.storage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import pika.storage.rdb.FunctionPayload;
import pika.storage.rdb.RdbException;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.StorageException;

/**
 * The libraries of functions on disk: all of them are one value, so that they change as a whole or not at all.
 *
 * <pre>
 * meta "functions" -> payload         the bytes that FUNCTION DUMP answers
 * </pre>
 *
 * Safe for many threads; who changes them has to see to it that changes don't overtake each other.
 */
public final class StoredFunctions {
  private static final byte[] KEY = "functions".getBytes(StandardCharsets.US_ASCII);

  private final Rocks rocks;

  StoredFunctions(Rocks rocks) {
    this.rocks = rocks;
  }

  /**
   * The source code of each library.
   *
   * @throws StorageException if what is stored is damaged
   */
  public List<byte[]> read() {
    byte[] payload = rocks.get(Column.META, KEY);
    if (payload == null) {
      return List.of();
    }
    try {
      return FunctionPayload.read(payload);
    } catch (RdbException e) {
      throw new StorageException("the stored functions are damaged: " + e.getMessage(), e);
    }
  }

  /** Replaces all libraries by these. It is on the disk when this returns. */
  public void write(List<byte[]> codes) {
    Batch batch = rocks.batch();
    batch.put(Column.META, KEY, FunctionPayload.write(codes));
    rocks.write(batch, Rocks.Durability.SYNCED);
  }
}
