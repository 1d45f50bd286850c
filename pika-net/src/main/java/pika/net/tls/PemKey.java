package pika.net.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import pika.net.tls.PemFile.Block;

/** Reads the private key of a PEM file, in any of the forms of {@link Pkcs8}. */
final class PemKey {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

  /** Its names; which of them is used depends on the JDK. */
  private static final Set<String> PBES2 = Set.of("PBES2", "1.2.840.113549.1.5.13");

  private PemKey() {}

  /**
   * The first private key of the file.
   *
   * @param password the password of an encrypted key; others need none
   * @throws TlsException with the reason if there is no usable key
   */
  static PrivateKey read(Path path, @Nullable String password) throws TlsException {
    for (Block block : PemFile.read(path).blocks()) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return key(path, block, password);
      }
    }
    throw new TlsException(path + ": no private key in PEM form");
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
      case "RSA PRIVATE KEY" -> pkcs8(path, Pkcs8.ofPkcs1(block.der()));
      case "EC PRIVATE KEY" -> sec1(path, block.der());
      default -> throw new TlsException(path + ": unknown key type: " + block.label());
    };
  }

  private static PrivateKey sec1(Path path, byte[] der) throws TlsException {
    try {
      return pkcs8(path, Pkcs8.ofSec1(der));
    } catch (InvalidKeyException e) {
      throw new TlsException(path + ": " + e.getMessage(), e);
    }
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
      String algorithm = parameters != null && PBES2.contains(info.getAlgName())
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
}
