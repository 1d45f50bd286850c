package pika.net.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import pika.net.tls.PemFile.Block;

/**
 * Reads the private key of a PEM file. Java only reads PKCS#8; the older, algorithm-specific forms
 * are wrapped into it:
 *
 * <pre>
 *   PKCS#8   SEQUENCE { INTEGER 0, SEQUENCE { algorithm, parameters }, OCTET STRING { key } }
 *   PKCS#1   the key of RSA
 *   SEC1     the key of EC, its curve named inside under the tag [0]
 * </pre>
 */
final class PemKey {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int CURVE = 0xa0;

  private static final byte[] VERSION_0 = {INTEGER, 1, 0};
  /** 1.2.840.113549.1.1.1, rsaEncryption, and its empty parameters. */
  private static final byte[] RSA = {
    0x06, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 0x05, 0
  };
  /** 1.2.840.10045.2.1, ecPublicKey. */
  private static final byte[] EC = {0x06, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

  private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

  private PemKey() {}

  static PrivateKey read(Path path, @Nullable String password) throws TlsException {
    for (Block block : PemFile.read(path).blocks()) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return key(path, block, password);
      }
    }
    throw new TlsException(path + ": no private key in PEM form");
  }

  /** Whether {@code publicKey} verifies what {@code key} signs. */
  static boolean isPair(PrivateKey key, PublicKey publicKey) {
    if (!isSameKind(key.getAlgorithm(), publicKey.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(signing(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isSameKind(String one, String other) {
    return one.equals(other) || (one.startsWith("Ed") && other.startsWith("Ed"));
  }

  private static String signing(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "DSA" -> "SHA256withDSA";
      default -> algorithm;
    };
  }

  private static PrivateKey key(Path path, Block block, @Nullable String password)
      throws TlsException {
    if (block.headers()) {
      throw new TlsException(path + ": this legacy PEM encryption is not supported; convert the key"
          + " with openssl pkcs8 -topk8");
    }
    return switch (block.label()) {
      case "PRIVATE KEY" -> pkcs8(path, block.der());
      case "ENCRYPTED PRIVATE KEY" -> encrypted(path, block.der(), password);
      case "RSA PRIVATE KEY" -> pkcs8(path, wrap(RSA, block.der()));
      case "EC PRIVATE KEY" -> pkcs8(path, wrap(join(EC, curve(path, block.der())), block.der()));
      default -> throw new TlsException(path + ": unknown key type: " + block.label());
    };
  }

  private static PrivateKey pkcs8(Path path, byte[] der) throws TlsException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
    for (String algorithm : ALGORITHMS) {
      PrivateKey key = keyOf(algorithm, spec);
      if (key != null) {
        return key;
      }
    }
    throw new TlsException(path + ": not a private key of type " + String.join(", ", ALGORITHMS));
  }

  /** Null if it is another algorithm's key, or no key at all. */
  private static @Nullable PrivateKey keyOf(String algorithm, PKCS8EncodedKeySpec spec) {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  private static PrivateKey encrypted(Path path, byte[] der, @Nullable String password)
      throws TlsException {
    if (password == null) {
      throw new TlsException(path + ": the key is encrypted, but tls-key-file-pass is not set");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      AlgorithmParameters parameters = info.getAlgParameters();
      // PBES2 names its actual algorithms only in its parameters.
      String algorithm = parameters != null && info.getAlgName().equals("1.2.840.113549.1.5.13")
          ? parameters.toString()
          : info.getAlgName();
      SecretKey secret = SecretKeyFactory.getInstance(algorithm)
          .generateSecret(new PBEKeySpec(password.toCharArray()));
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, secret, parameters);
      return pkcs8(path, info.getKeySpec(cipher).getEncoded());
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsException(path + ": cannot decrypt the key with tls-key-file-pass", e);
    }
  }

  /** The DER encoding of the curve, taken from a SEC1 key. */
  private static byte[] curve(Path path, byte[] der) throws TlsException {
    for (int at = 0; at + 2 < der.length; at++) {
      int length = der[at + 1] & 0xff;
      boolean named =
          (der[at] & 0xff) == CURVE && length > 2 && length < 0x80 && at + 2 + length <= der.length;
      if (named && der[at + 2] == 0x06 && (der[at + 3] & 0xff) == length - 2) {
        return Arrays.copyOfRange(der, at + 2, at + 2 + length);
      }
    }
    throw new TlsException(path + ": the EC key does not specify its curve");
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return tagged(
        SEQUENCE, join(VERSION_0, tagged(SEQUENCE, algorithm), tagged(OCTET_STRING, key)));
  }

  private static byte[] tagged(int tag, byte[] content) {
    int length = content.length;
    byte[] head = length < 0x80
        ? new byte[] {(byte) tag, (byte) length}
        : length < 0x100
            ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return join(head, content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
