package pika.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyProofTest {

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "RSASSA-PSS", "EC", "Ed25519", "DSA"})
  void aKeyBelongsToItsOwnPublicKeyOnly(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    KeyPair one = generator.generateKeyPair();
    KeyPair other = generator.generateKeyPair();
    assertThat(KeyProof.isPair(one.getPrivate(), one.getPublic())).isTrue();
    assertThat(KeyProof.isPair(one.getPrivate(), other.getPublic())).isFalse();
  }

  @Test
  void aKeyIsUsedAsItAllows() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSASSA-PSS");
    generator.initialize(new RSAKeyGenParameterSpec(
        2048,
        RSAKeyGenParameterSpec.F4,
        new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1)));
    KeyPair pair = generator.generateKeyPair();
    assertThat(KeyProof.isPair(pair.getPrivate(), pair.getPublic())).isTrue();
  }

  @Test
  void keysOfDifferentKindsAreNoPair() throws Exception {
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    KeyPair ec = KeyPairGenerator.getInstance("EC").generateKeyPair();
    assertThat(KeyProof.isPair(rsa.getPrivate(), ec.getPublic())).isFalse();
  }
}
