package pika.server.acl;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Generates random passwords. */
public final class Secrets {
  /** As many bits as the hash of a password has. */
  public static final int DEFAULT_BITS = 256;

  public static final int MAX_BITS = 4096;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BITS_PER_DIGIT = 4;

  private Secrets() {}

  /** Returns hexadecimal digits with at least {@code bits} random bits. */
  public static String make(int bits) {
    int digits = (bits + BITS_PER_DIGIT - 1) / BITS_PER_DIGIT;
    byte[] bytes = new byte[(digits + 1) / 2];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes).substring(0, digits);
  }
}
