package pika.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSL's cipher lists, on a platform with four ciphers. */
final class CipherListTest {
  private static final String ECDSA_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
  private static final String RSA_128 = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
  private static final String CHACHA = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256";
  private static final String CBC = "TLS_RSA_WITH_AES_128_CBC_SHA";

  private static final List<String> OFFERED =
      List.of("TLS_AES_256_GCM_SHA384", ECDSA_256, RSA_128, CHACHA, CBC);

  @ParameterizedTest
  @CsvSource({
    ECDSA_256 + ",ECDHE-ECDSA-AES256-GCM-SHA384",
    RSA_128 + ",ECDHE-RSA-AES128-GCM-SHA256",
    CHACHA + ",ECDHE-RSA-CHACHA20-POLY1305",
    CBC + ",AES128-SHA",
    "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256,DHE-RSA-AES256-SHA256",
  })
  void namesAreThoseOfOpenSsl(String suite, String openSsl) {
    assertThat(CipherList.openSslName(suite)).isEqualTo(openSsl);
  }

  @Test
  void aListKeepsItsOrderAndIsReadOverWhereItMeansNothing() {
    assertThat(CipherList.choose("AES128-SHA:nosuch:" + ECDSA_256, OFFERED))
        .containsExactly(CBC, ECDSA_256);
    assertThat(CipherList.choose("nosuch", OFFERED)).isEmpty();
  }

  @Test
  void wordsStandForAllThatHaveThemInTheirNames() {
    assertThat(CipherList.choose("DEFAULT", OFFERED))
        .containsExactly(ECDSA_256, RSA_128, CHACHA, CBC);
    assertThat(CipherList.choose("HIGH:!kRSA:!CHACHA20", OFFERED))
        .containsExactly(ECDSA_256, RSA_128);
    assertThat(CipherList.choose("ECDHE+AESGCM", OFFERED)).containsExactly(ECDSA_256, RSA_128);
    assertThat(CipherList.choose("!AESGCM:ECDHE", OFFERED)).containsExactly(CHACHA);
  }
}
