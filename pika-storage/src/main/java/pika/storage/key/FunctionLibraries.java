package pika.storage.key;

import java.nio.charset.StandardCharsets;

/** All function libraries as one value, so that they change atomically. */
public interface FunctionLibraries {
  /** Returns their key in the meta column. */
  static byte[] key() {
    return "functions".getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the stored bytes, as FUNCTION DUMP returns them. */
  byte[] payload();
}
