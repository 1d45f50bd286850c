package pika.server.acl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.config.Config;
import pika.server.config.ConfigException;
import pika.server.config.ConfigKeys;
import pika.server.config.ConfigLine;
import pika.server.session.User;

/** Authentication, and the sources of users. */
final class UsersTest {
  private static final byte[] SECRET = "secret".getBytes(US_ASCII);
  private static final byte[] WRONG = "wrong".getBytes(US_ASCII);

  private final Users users = new Users(SampleCommands.table());
  private final Acl acl = new Acl(users, new AclLog(() -> 0, session -> ""));

  @TempDir
  Path folder;

  @Test
  void withoutAPasswordEverybodyIsTheDefaultUser() {
    assertThat(requireNonNull(users.initialUser()).isUnrestricted()).isTrue();
    assertThat(users.authenticate(User.DEFAULT_NAME, SECRET)).isEqualTo(users.initialUser());
    assertThat(users.authenticate("nobody", SECRET)).isNull();
  }

  @Test
  void withAPasswordOneHasToSayIt() {
    users.requirePassword("secret");
    assertThat(users.initialUser()).isNull();
    assertThat(users.authenticate(SECRET)).isNotNull();
    assertThat(users.authenticate(WRONG)).isNull();
    users.requirePassword("");
    assertThat(users.passwordRequired()).isFalse();
  }

  @Test
  void aChangeWithAMistakeChangesNothing() {
    assertThatThrownBy(() -> users.change("a", List.of("on", "bogus")))
        .isInstanceOf(BadRuleException.class);
    assertThat(users.find("a")).isNull();
  }

  @Test
  void whoIsRemovedMayDoNothingAnyMore() throws Exception {
    users.change("a", List.of("on", "nopass", "allkeys", "allchannels", "allcommands"));
    User user = requireNonNull(users.authenticate("a", WRONG));
    assertThat(user.isUnrestricted()).isTrue();
    users.remove("a");
    assertThat(user.isUnrestricted()).isFalse();
  }

  @Test
  void pikasSecondPasswordIsAUserWhoMayNotDoWhatIsForbidden() {
    users.requirePassword("secret");
    users.limit("lesser", List.of("SET", "config", "nosuch"));
    User limited = requireNonNull(users.authenticate("lesser".getBytes(US_ASCII)));
    assertThat(limited.name()).isEqualTo("limit");
    assertThat(requireNonNull(users.find("limit")).rules().root().commandsText())
        .isEqualTo("+@all -set -config");
    users.limit("secret", List.of("set"));
    assertThat(users.find("limit")).isNull();
    assertThat(limited.isUnrestricted()).isFalse();
  }

  @Test
  void aFileIsTakenOverWholeOrNotAtAll() throws Exception {
    Path file = folder.resolve("users.acl");
    Files.writeString(file, "user a on >x ~k* +get\n\nuser b off\n");
    acl.load(file);
    assertThat(users.all().stream().map(AclUser::name)).containsExactly("a", "b", "default");
    Files.writeString(file, "user c on\nuser a on +nosuch bad\nbogus\n");
    assertThatThrownBy(() -> acl.load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ":2: Error in applying operation '+nosuch': Unknown command or category"
            + " name in ACL. " + file + ":2: Syntax error. " + file
            + ":3 should start with user keyword followed by the username. WARNING: ACL errors"
            + " detected, no change to the previously active ACL rules was performed");
    assertThat(users.all().stream().map(AclUser::name)).containsExactly("a", "b", "default");
  }

  @Test
  void whatIsSavedIsReadAgain() throws Exception {
    Path file = folder.resolve("users.acl");
    users.change("\u00ffx", List.of("on", ">\u0080", "~\u00e9*", "(+get %R~y)", "+@all", "-set"));
    List<String> before = users.all().stream().map(AclUser::describe).toList();
    acl.save(file);
    users.remove("\u00ffx");
    acl.load(file);
    assertThat(users.all().stream().map(AclUser::describe)).isEqualTo(before);
  }

  @Test
  void linesOfTheConfigurationAreUsers() {
    acl.start(config(
        List.of(List.of("alice", "on", ">my pass", "(~x", "+get)"), List.of("default", "off"))));
    assertThat(users.authenticate("alice", "my pass".getBytes(US_ASCII))).isNotNull();
    assertThat(users.initialUser()).isNull();
    assertThat(acl.rewritten(Config.defaults()).get(ConfigKeys.USER)).hasSize(2);
  }

  @Test
  void aLineThatCannotBeNamesItsUser() {
    assertThatThrownBy(() -> acl.start(config(List.of(List.of("a", "onn")))))
        .hasMessage("a: Syntax error");
    assertThatThrownBy(() -> acl.start(config(List.of(List.of("a"), List.of("a")))))
        .hasMessageContaining("Duplicate user found");
    Config both = config(List.of(List.of("a"))).with(ConfigKeys.ACLFILE, "users.acl");
    assertThatThrownBy(() -> acl.start(both)).hasMessageContaining("exclude each other");
  }

  @Test
  void theDefaultUserIsWrittenOnlyIfRulesSpeakOfIt() throws Exception {
    users.requirePassword("secret");
    assertThat(acl.rewritten(Config.defaults()).get(ConfigKeys.USER)).isEmpty();
    users.change("default", List.of("-set"));
    assertThat(acl.rewritten(Config.defaults()).get(ConfigKeys.USER)).hasSize(1);
  }

  private static Config config(List<List<String>> lines) {
    return Config.defaults()
        .with(ConfigKeys.USER, lines.stream().map(ConfigLine::of).toList());
  }
}
