package pika.server.acl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import pika.server.command.Args;

/** Hashes passwords, which are stored as SHA-256 in 64 lower-case hexadecimal digits. */
final class Passwords {
  private static final int HASH_DIGITS = 64;

  private Passwords() {}

  /** Hashes a password given with one char per byte. */
  static String hash(String password) {
    return hash(Args.bytes(password));
  }

  static boolean isHash(String text) {
    return text.length() == HASH_DIGITS
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** Returns whether a hash matches the password, in time independent of where they differ. */
  static boolean anyMatches(Set<String> hashes, byte[] password) {
    byte[] given = hash(password).getBytes(US_ASCII);
    boolean matches = false;
    for (String hash : hashes) {
      matches |= MessageDigest.isEqual(hash.getBytes(US_ASCII), given);
    }
    return matches;
  }

  private static String hash(byte[] password) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(password));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
