package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/** What becomes of connected clients when their users change, and of users when the server ends. */
final class AclTest {
  private static final String NOPERM = "-NOPERM this user has no permissions to ";

  @TempDir
  Path temporary;

  private Path file;
  private ServerProcess server;
  private Wire admin;
  private Wire client;

  @BeforeEach
  void start() throws IOException {
    file = temporary.resolve("users.acl");
    Files.writeString(file, "user alice on >pw ~a* resetchannels +@all -@admin\n");
    server = ServerProcess.pika(
        temporary.resolve("data"),
        "--aclfile",
        file.toString(),
        "--userpass",
        "lesser",
        "--userblacklist",
        "set");
    admin = server.connect();
    client = server.connect();
    assertThat(client.ask("AUTH", "alice", "pw")).hasToString("+OK");
  }

  @AfterEach
  void end() throws IOException {
    admin.close();
    client.close();
    server.close();
  }

  @Test
  void aChangeConcernsWhoIsLoggedInAtOnce() throws IOException {
    assertThat(client.ask("SET", "a", "1")).hasToString("+OK");
    admin.ask("ACL", "SETUSER", "alice", "-set");
    assertThat(client.ask("SET", "a", "1")).hasToString(NOPERM + "run the 'set' command");
    admin.ask("ACL", "SETUSER", "alice", "+set", "resetkeys");
    assertThat(client.ask("SET", "a", "1"))
        .hasToString(NOPERM + "access one of the keys used as arguments");
  }

  @Test
  void whoIsRemovedIsDisconnected() throws IOException {
    assertThat(admin.ask("ACL", "DELUSER", "alice").asLong()).isEqualTo(1);
    assertThat(client.isClosedByPeer()).isTrue();
    assertThat(admin.ask("PING")).hasToString("+PONG");
  }

  @Test
  void whoRemovesHimselfIsAnsweredFirst() throws IOException {
    admin.ask("ACL", "SETUSER", "alice", "+acl");
    assertThat(client.ask("ACL", "DELUSER", "alice").asLong()).isEqualTo(1);
    assertThat(client.isClosedByPeer()).isTrue();
  }

  @Test
  void loadDisconnectsWhoIsGoneAndKeepsTheOthers() throws IOException {
    Files.writeString(file, "user alice on >pw ~* +get\nuser bob on nopass +ping\n");
    assertThat(admin.ask("ACL", "LOAD")).hasToString("+OK");
    assertThat(client.ask("GET", "x").isNil()).isTrue();
    assertThat(client.ask("SET", "x", "1")).hasToString(NOPERM + "run the 'set' command");
    Files.writeString(file, "user bob on nopass +ping\n");
    assertThat(admin.ask("ACL", "LOAD")).hasToString("+OK");
    assertThat(client.isClosedByPeer()).isTrue();
  }

  @Test
  void whoMayNotHearAChannelAnyMoreIsDisconnected() throws IOException {
    admin.ask("ACL", "SETUSER", "alice", "&news.*", "&other");
    assertThat(client.ask("SUBSCRIBE", "news.1").type()).isEqualTo('*');
    admin.ask("ACL", "SETUSER", "alice", "resetchannels", "&news.*");
    assertThat(client.ask("PING").type()).isEqualTo('*');
    admin.ask("ACL", "SETUSER", "alice", "resetchannels", "&other");
    assertThat(client.isClosedByPeer()).isTrue();
  }

  @Test
  void aBrokenFileChangesNothing() throws IOException {
    Files.writeString(file, "user alice off\nuser eve on nopass +nosuch\n");
    assertThat(admin.ask("ACL", "LOAD").text())
        .startsWith("ERR " + file + ":2: Error in applying operation '+nosuch': ");
    assertThat(client.ask("GET", "a").isNil()).isTrue();
    assertThat(admin.ask("ACL", "USERS").text()).doesNotContain("eve");
  }

  @Test
  void savedUsersAreThereAfterARestart() throws IOException {
    admin.ask("ACL", "SETUSER", "carol", "on", ">secret", "%R~c*", "(+set ~d)", "+get");
    RawReply before = admin.ask("ACL", "LIST");
    assertThat(admin.ask("ACL", "SAVE")).hasToString("+OK");
    assertThat(Files.readString(file)).contains("user carol on #").doesNotContain("user limit");
    server.terminate();
    server.startAgain();
    try (Wire again = server.connect()) {
      assertThat(again.ask("ACL", "LIST")).isEqualTo(before);
    }
  }

  @Test
  void refusalsAreLoggedAndCounted() throws IOException {
    client.ask("GET", "x");
    client.ask("GET", "x");
    client.ask("CONFIG", "GET", "port");
    client.ask("AUTH", "alice", "wrong");
    assertThat(admin.ask("ACL", "LOG").toString())
        .containsSubsequence(
            "auth", "AUTH", "alice", "command", "config|get", "alice", "key", "\"x\"");
    assertThat(admin.ask("INFO", "stats").text())
        .contains("acl_access_denied_auth:1", "acl_access_denied_cmd:1", "acl_access_denied_key:2");
    assertThat(admin.ask("INFO", "errorstats").text()).contains("errorstat_NOPERM:count=3");
  }

  @Test
  void passwordsAreNotShownInTheSlowLog() throws IOException {
    admin.ask("CONFIG", "SET", "slowlog-log-slower-than", "0");
    admin.ask("ACL", "SETUSER", "alice", ">topsecret");
    admin.ask("CONFIG", "SET", "timeout", "77", "requirepass", "topsecret");
    admin.ask("CONFIG", "SET", "TLS-key-file-pass", "topsecret");
    assertThat(admin.ask("SLOWLOG", "GET").inFull())
        .contains("SETUSER", "77", "TLS-key-file-pass", "(redacted)")
        .doesNotContain("topsecret");
  }

  @Test
  void theDefaultUserGrowsAPassword() throws IOException {
    admin.ask("ACL", "SETUSER", "default", ">new");
    assertThat(admin.ask("PING")).hasToString("+PONG");
    try (Wire stranger = server.connect()) {
      assertThat(stranger.ask("PING")).hasToString("-NOAUTH Authentication required.");
      admin.ask("ACL", "SETUSER", "default", "nopass");
      assertThat(stranger.ask("PING")).hasToString("+PONG");
    }
  }

  @Test
  void pikasSecondPasswordMakesALimitedUser() throws IOException {
    admin.ask("CONFIG", "SET", "requirepass", "boss");
    assertThat(client.ask("AUTH", "lesser")).hasToString("+OK");
    assertThat(client.ask("ACL", "WHOAMI").text()).isEqualTo("limit");
    assertThat(client.ask("SET", "a", "1")).hasToString(NOPERM + "run the 'set' command");
    assertThat(client.ask("AUTH", "boss")).hasToString("+OK");
    assertThat(client.ask("SET", "a", "1")).hasToString("+OK");
  }
}
