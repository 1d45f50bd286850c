package pika.storage.string;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model of strings: plain arrays, handled bit by bit. */
final class PlainStrings {
  private final Map<String, byte[]> values = new HashMap<>();

  PlainStrings() {}

  PlainStrings(PlainStrings other) {
    values.putAll(other.values);
  }

  byte @Nullable [] get(String key) {
    return values.get(key);
  }

  byte[] orEmpty(String key) {
    return values.getOrDefault(key, new byte[0]);
  }

  int size() {
    return values.size();
  }

  void set(String key, byte[] value) {
    values.put(key, value);
  }

  void delete(String key) {
    values.remove(key);
  }

  void setRange(String key, int offset, byte[] part) {
    byte[] value = orEmpty(key);
    byte[] changed = Arrays.copyOf(value, Math.max(value.length, offset + part.length));
    System.arraycopy(part, 0, changed, offset, part.length);
    set(key, changed);
  }

  byte[] range(String key, int from, int to) {
    byte[] value = orEmpty(key);
    int end = Math.min(to + 1, value.length);
    return from >= end ? new byte[0] : Arrays.copyOfRange(value, from, end);
  }

  int bit(String key, long offset) {
    byte[] value = orEmpty(key);
    int at = (int) (offset / 8);
    return at < value.length ? value[at] >> (7 - offset % 8) & 1 : 0;
  }

  void setBit(String key, int offset, int bit) {
    byte[] value = Arrays.copyOf(orEmpty(key), Math.max(orEmpty(key).length, offset / 8 + 1));
    int mask = 0x80 >> offset % 8;
    value[offset / 8] = (byte) (bit == 1 ? value[offset / 8] | mask : value[offset / 8] & ~mask);
    set(key, value);
  }

  int count(String key, long firstBit, long lastBit) {
    int count = 0;
    for (long i = firstBit; i <= lastBit; i++) {
      count += bit(key, i);
    }
    return count;
  }

  long position(String key, int bit, long firstBit, long lastBit) {
    for (long i = firstBit; i <= lastBit; i++) {
      if (bit(key, i) == bit) {
        return i;
      }
    }
    return -1;
  }
}
