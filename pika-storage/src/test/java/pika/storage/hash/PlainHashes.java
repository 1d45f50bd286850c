package pika.storage.hash;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pika.storage.key.KeyRecord;

/** A model of hashes: maps of fields with values and deadlines. */
final class PlainHashes {
  record Field(String value, long deadlineMs) {
    boolean isOver(long nowMs) {
      return deadlineMs != KeyRecord.NEVER && deadlineMs <= nowMs;
    }
  }

  private final Map<String, Map<String, Field>> hashes = new TreeMap<>();

  PlainHashes() {}

  PlainHashes(PlainHashes other) {
    other.hashes.forEach((key, fields) -> hashes.put(key, new LinkedHashMap<>(fields)));
  }

  /** Removes everything that has expired. */
  void expire(long nowMs) {
    hashes.values().forEach(fields -> fields.values().removeIf(field -> field.isOver(nowMs)));
    tidy();
  }

  Map<String, Field> fields(String key) {
    return hashes.computeIfAbsent(key, absent -> new LinkedHashMap<>());
  }

  @Nullable
  Field field(String key, String field) {
    return fields(key).get(field);
  }

  /** Removes hashes without fields; returns how many are left. */
  int tidy() {
    hashes.values().removeIf(Map::isEmpty);
    return hashes.size();
  }

  void move(String key, String other) {
    hashes.put(other, fields(key));
    if (!key.equals(other)) {
      hashes.remove(key);
    }
  }

  void copy(String key, String other) {
    hashes.put(other, new LinkedHashMap<>(fields(key)));
  }

  void delete(String key) {
    hashes.remove(key);
  }
}
