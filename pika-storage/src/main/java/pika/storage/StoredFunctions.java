package pika.storage;

import org.jspecify.annotations.Nullable;
import pika.storage.key.FunctionLibraries;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;

/**
 * The libraries of functions on disk, which a unit of work replaces.
 *
 * <pre>
 * meta "functions" -> payload         the bytes that FUNCTION DUMP answers
 * </pre>
 *
 * Safe for many threads.
 */
public final class StoredFunctions {
  private final Rocks rocks;

  StoredFunctions(Rocks rocks) {
    this.rocks = rocks;
  }

  /** The libraries as they were written last, or null. */
  public byte @Nullable [] read() {
    return rocks.get(Column.META, FunctionLibraries.key());
  }
}
