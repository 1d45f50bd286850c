package pika.storage;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;

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

  /** The libraries as they were written last, or null. */
  public byte @Nullable [] read() {
    return rocks.get(Column.META, KEY);
  }

  /** Replaces all libraries by those in {@code payload}. It is on the disk when this returns. */
  public void write(byte[] payload) {
    Batch batch = rocks.batch();
    batch.put(Column.META, KEY, payload);
    rocks.write(batch, Rocks.Durability.SYNCED);
  }
}
