package pika.storage.key;

import java.nio.charset.StandardCharsets;

/** All libraries of functions: one value, so that they change as a whole or not at all. */
public interface FunctionLibraries {
  /** Where they are among the store's single values. */
  static byte[] key() {
    return "functions".getBytes(StandardCharsets.US_ASCII);
  }

  /** What stands there: the bytes that FUNCTION DUMP answers. */
  byte[] payload();
}
