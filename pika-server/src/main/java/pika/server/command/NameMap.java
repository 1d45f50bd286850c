package pika.server.command;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A map from ASCII names to values, looked up by the raw bytes of a request, ignoring case, without
 * allocation. Open addressing in a table of a power of two, at most half full. Filled by one thread
 * at start, then safe to read from any thread.
 */
final class NameMap<V> {
  private byte[] @Nullable [] names = new byte[8][];
  private @Nullable Object[] values = new Object[8];
  private int size;

  /**
   * Adds a name.
   *
   * @throws IllegalStateException if the name is taken
   */
  void add(String name, V value) {
    if (2 * (size + 1) > names.length) {
      grow();
    }
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    if (find(bytes) != null) {
      throw new IllegalStateException("two commands named '" + name + "'");
    }
    put(bytes, value);
    size++;
  }

  /** Returns a copy without this name. */
  NameMap<V> without(byte[] name) {
    NameMap<V> copy = new NameMap<>();
    for (byte[] known : names) {
      V value = known == null || equalsIgnoringCase(known, name) ? null : find(known);
      if (value != null) {
        copy.add(new String(known, StandardCharsets.US_ASCII), value);
      }
    }
    return copy;
  }

  @Nullable
  V find(byte[] name) {
    int mask = names.length - 1;
    for (int slot = hash(name) & mask; ; slot = (slot + 1) & mask) {
      byte[] candidate = names[slot];
      if (candidate == null) {
        return null;
      }
      if (equalsIgnoringCase(candidate, name)) {
        @SuppressWarnings("unchecked") // put() stores nothing but V
        V value = (V) values[slot];
        return value;
      }
    }
  }

  private void put(byte[] name, @Nullable Object value) {
    int mask = names.length - 1;
    int slot = hash(name) & mask;
    while (names[slot] != null) {
      slot = (slot + 1) & mask;
    }
    names[slot] = name;
    values[slot] = value;
  }

  private void grow() {
    byte[][] oldNames = names;
    Object[] oldValues = values;
    names = new byte[2 * oldNames.length][];
    values = new Object[names.length];
    for (int i = 0; i < oldNames.length; i++) {
      byte[] name = oldNames[i];
      if (name != null) {
        put(name, oldValues[i]);
      }
    }
  }

  // Setting bit 0x20 folds upper and lower case (and some other characters, which only costs a
  // comparison).
  private static int hash(byte[] name) {
    int hash = name.length;
    for (byte b : name) {
      hash = 31 * hash + (b | 0x20);
    }
    return hash ^ (hash >>> 16);
  }

  private static boolean equalsIgnoringCase(byte[] lower, byte[] name) {
    if (lower.length != name.length) {
      return false;
    }
    for (int i = 0; i < lower.length; i++) {
      if (lower[i] != Args.lower(name[i])) {
        return false;
      }
    }
    return true;
  }
}
