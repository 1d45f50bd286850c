package pika.server.script;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes the names of scripts: the SHA-1 of their body in lower-case hexadecimal digits. */
final class Sha1 {
  static final int LENGTH = 40;

  private static final HexFormat HEX = HexFormat.of();
  private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha1::newDigest);

  private Sha1() {}

  static String of(byte[] bytes) {
    return HEX.formatHex(DIGEST.get().digest(bytes));
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
