package pika.net.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyTest {
  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a0", "a00006", "a00106", "a00206", "a07f06", "30a0020601", "a003060100"})
  void aDamagedKeyIsRefusedWithTheReason(String hex) throws IOException {
    byte[] der = HexFormat.of().parseHex(hex);
    Path file = Files.writeString(
        directory.resolve("key"),
        "-----BEGIN EC PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
            + "\n-----END EC PRIVATE KEY-----\n");
    assertThatThrownBy(() -> PemKey.read(file, null))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining(file.toString());
  }
}
