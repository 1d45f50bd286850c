package pika.server.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsersTest {
  private static final byte[] DEFAULT = "default".getBytes(US_ASCII);
  private static final byte[] SECRET = "secret".getBytes(US_ASCII);

  private final Users users = new Users();

  @Test
  void withoutAPasswordEverybodyIsTheDefaultUser() {
    assertThat(users.initialUser()).isEqualTo(User.DEFAULT);
    assertThat(users.authenticate(DEFAULT, SECRET)).isEqualTo(User.DEFAULT);
    assertThat(users.authenticate("nobody".getBytes(US_ASCII), SECRET)).isNull();
  }

  @Test
  void withAPasswordOneHasToSayIt() {
    users.requirePassword(SECRET);
    assertThat(users.initialUser()).isNull();
    assertThat(users.authenticate(DEFAULT, SECRET)).isEqualTo(User.DEFAULT);
    assertThat(users.authenticate(DEFAULT, "wrong".getBytes(US_ASCII))).isNull();
    users.requirePassword(new byte[0]);
    assertThat(users.passwordRequired()).isFalse();
  }
}
