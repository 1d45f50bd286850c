package pika.storage.keys;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Glob;
import pika.storage.key.DataType;

/**
 * Which keys a search is for.
 *
 * @param pattern what their names look like
 * @param typeName the type of their values by the name that TYPE answers, in any case; null for all. A name that no type
 *     has matches nothing
 */
public record KeyFilter(Glob pattern, @Nullable String typeName) {

  /** All keys whose names match. */
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
