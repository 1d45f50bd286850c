package pika.storage;

import org.jspecify.annotations.Nullable;
import pika.storage.key.FunctionLibraries;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;

/**
 * The function libraries on disk, which a unit of work replaces as a whole.
 *
 * <pre>
 * meta "functions" -> payload         the bytes that FUNCTION DUMP returns
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class StoredFunctions {
  private final Rocks rocks;

  StoredFunctions(Rocks rocks) {
    this.rocks = rocks;
  }

  /** Returns the libraries as they were last committed, or null. */
  public byte @Nullable [] read() {
    return rocks.get(Column.META, FunctionLibraries.key());
  }
}
