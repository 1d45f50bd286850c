package pika.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyTest {
  /** One key in all the forms that OpenSSL writes. */
  private static final String PKCS8 = """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBVPZT/REzn4Iqd+k
      BXjGcSH6b+KQG0qyb2+7TjtzOxehRANCAARJvqnAcdcaXkR2aCyxkJ850lmpFnLA
      ZUkJQA49WtVK6FTiOSgq2cUHRwgPj+JABmm4EyTsfJcbtS1mFAnY20qS
      -----END PRIVATE KEY-----
      """;

  private static final String SEC1 = """
      -----BEGIN EC PRIVATE KEY-----
      MHcCAQEEIAVT2U/0RM5+CKnfpAV4xnEh+m/ikBtKsm9vu047czsXoAoGCCqGSM49
      AwEHoUQDQgAESb6pwHHXGl5EdmgssZCfOdJZqRZywGVJCUAOPVrVSuhU4jkoKtnF
      B0cID4/iQAZpuBMk7HyXG7UtZhQJ2NtKkg==
      -----END EC PRIVATE KEY-----
      """;

  /** PBES2, the form of today; the password is "secret". */
  private static final String ENCRYPTED = """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjtxd6JCfD45wICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEDwRdTB9Xk6nxVkeoR54Dq4EgZDb
      CKTk+rmGYwv7vcp44WEp0XWp6uCvws1gSGEa86b8gePeMOy34eVn8XXDxMY1UpRa
      2cg54GH9nIFcXtOmvShRzqE2JPMhOwhHx6eIicd6QIwXCAH2gVATKa6ZcH4TzBJU
      HcQSwKDGRpM+ohNKghAztLHsdeNFrExxOJeiFWbFcSh6zU8Q+lJ4mKQJpOb7uh0=
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  private static final String ENCRYPTED_BEFORE_PBES2 = """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIGxMBwGCiqGSIb3DQEMAQMwDgQIppPbYkuOyfACAggABIGQZpsmohk+jDTseot9
      xxQMEy0MPMr4fpkbSyENCHwuITanDQ24+5l3Oyk7Z0666tt4KOS2NcS4e+G+lSk+
      udsdiuSJAR6cqDFX/MULITe1wNNuGbvHbNtaQVyFTBS4y3e8KVR2YcEkCsbNsrr9
      NMMFlDEfPywgV9Q9o5AiZstDDjtvRt3XOpI/ESVcvceGdV5f
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  /** PKCS#8's bytes in front of a PKCS#1 key of 2048 bits. */
  private static final int PKCS8_HEAD = 26;

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {SEC1, ENCRYPTED, ENCRYPTED_BEFORE_PBES2})
  void aKeyIsTheSameInEveryForm(String pem) throws Exception {
    assertThat(number(pem)).isEqualTo(number(PKCS8));
  }

  private String number(String pem) throws Exception {
    return ((ECPrivateKey) PemKey.read(file(pem), "secret")).getS().toString();
  }

  @Test
  void anRsaKeyMayBeInItsOlderForm() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEAD, pkcs8.length);
    assertThat(PemKey.read(file(block("RSA PRIVATE KEY", pkcs1)), null))
        .isEqualTo(pair.getPrivate());
  }

  @Test
  void anEncryptedKeyNeedsItsPassword() throws Exception {
    Path file = file(ENCRYPTED);
    assertThatThrownBy(() -> PemKey.read(file, null)).hasMessageContaining("is not set");
    assertThatThrownBy(() -> PemKey.read(file, "wrong")).hasMessageContaining("cannot decrypt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a0", "a00006", "a00106", "a00206", "a07f06", "30a0020601", "a003060100"})
  void aDamagedKeyIsRefusedWithTheReason(String hex) throws IOException {
    refusesEc(HexFormat.of().parseHex(hex));
  }

  @Test
  void aKeyCutShortIsRefusedWithTheReason() throws IOException {
    byte[] whole = Base64.getMimeDecoder().decode(SEC1.replaceAll("-----.*-----", ""));
    for (int length = 0; length < whole.length; length++) {
      refusesEc(Arrays.copyOf(whole, length));
    }
  }

  private void refusesEc(byte[] der) throws IOException {
    Path file = file(block("EC PRIVATE KEY", der));
    assertThatThrownBy(() -> PemKey.read(file, null))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining(file.toString());
  }

  private Path file(String pem) throws IOException {
    return Files.writeString(directory.resolve("key"), pem);
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(der)
        + "\n-----END " + label + "-----\n";
  }
}
