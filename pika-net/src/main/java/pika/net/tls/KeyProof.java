package pika.net.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Proves that a private key belongs to a certificate, by using both. */
final class KeyProof {
  private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

  private static final PSSParameterSpec PSS_SHA256 =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private KeyProof() {}

  /** Whether {@code publicKey} verifies what {@code key} signs. */
  static boolean isPair(PrivateKey key, PublicKey publicKey) {
    if (!isSameKind(key.getAlgorithm(), publicKey.getAlgorithm())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(signing(key.getAlgorithm()));
      if (key.getAlgorithm().equals("RSASSA-PSS")) {
        signature.setParameter(pssParameters(key));
      }
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

  /** A key of RSASSA-PSS may be restricted to certain parameters. */
  private static AlgorithmParameterSpec pssParameters(PrivateKey key) {
    AlgorithmParameterSpec its = key instanceof RSAKey rsa ? rsa.getParams() : null;
    return its == null ? PSS_SHA256 : its;
  }

  private static String signing(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "DSA" -> "SHA256withDSA";
      default -> algorithm;
    };
  }
}
