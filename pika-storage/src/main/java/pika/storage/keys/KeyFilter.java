package pika.storage.keys;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Glob;
import pika.storage.key.DataType;

/**
 * Selects the keys of a search.
 *
 * @param pattern glob on names
 * @param typeName the values' type as TYPE reports it, ignoring case; null for all. An unknown type
 *     matches nothing
 */
public record KeyFilter(Glob pattern, @Nullable String typeName) {

  /** Returns a filter on names only. */
  public static KeyFilter byName(Glob pattern) {
    return new KeyFilter(pattern, null);
  }

  boolean acceptsName(byte[] userKey) {
    return pattern.matchesAll() || pattern.matches(userKey);
  }

  boolean acceptsType(DataType type) {
    return typeName == null || type.redisName().equalsIgnoreCase(typeName);
  }
}
